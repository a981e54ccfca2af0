using Verification.Gate.Mutants;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class NamingRateTests
{
    private static readonly Objective Naming = new("cache.hit", "p", "answers", Comparison.AtMost, 0, 1, [], ObjectiveKind.Contract)
    {
        Suspects = ["server"],
    };

    private static readonly Gates Gates = new(
        new Dictionary<string, Objective>
        {
            [Naming.Id] = Naming,
            ["settings.safe"] = Naming with { Id = "settings.safe", Suspects = null },
        },
        new Dictionary<string, Profile>(),
        [],
        string.Empty
    );

    [Fact]
    public void All_that_were_killed_count_and_who_is_not_said_is_not_named()
    {
        var rate = NamingRate.Of(
            [
                Of("cache.hit", true),
                Of("cache.hit", false),
                Of("cache.hit", null),
                Of("settings.safe", true),
                Of("settings.safe", null),
                Of("cache.hit", true) with
                {
                    Outcome = MutantOutcome.Survived,
                },
            ],
            Gates
        );

        Assert.Equal(new NamingRate(2, 5, 1), rate);
        Assert.Equal("2 of 5", rate.ToString());
    }

    private static MutantResult Of(string objective, bool? named) =>
        new("m", "0123456789ab", MutantOutcome.Killed, objective, "why", 1, DateTimeOffset.UnixEpoch) { Named = named };
}
