using Verification.Gate.Mutants;
using Verification.Gate.Mutants.Services;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class EquivalentsTests
{
    private const int Seed = 7;

    [Fact]
    public void New_is_what_has_survived_the_sample_and_is_listed_since()
    {
        MutantResult[] stored =
        [
            Of("services/a", MutantOutcome.Survived, Seed),
            Of("services/a", MutantOutcome.Survived, Seed),
            Of("services/of-another", MutantOutcome.Survived, Seed + 1),
            Of("services/killed", MutantOutcome.Killed, Seed),
            Of("services/not-listed", MutantOutcome.Survived, Seed),
            Of("services/of-no-sample", MutantOutcome.Survived, null),
        ];

        Assert.Equal(
            1,
            Equivalents.NewIn(
                Seed,
                ["services/a", "services/of-another", "services/killed", "services/of-no-sample", "services/known-before"],
                stored
            )
        );
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(6, 60, null)]
    [InlineData(7, 60, "equivalents: 7 of 60, more than 10 %")]
    [InlineData(1, 9, "equivalents: 1 of 9, more than 10 %")]
    public void More_than_a_tenth_of_a_sample_is_too_many(int found, int sample, string? told) =>
        Assert.Equal(told, Equivalents.TooMany(found, sample));

    private static MutantResult Of(string name, MutantOutcome outcome, int? sample) =>
        new(name, "0123456789ab", outcome, "cache.hit", "why", 1, DateTimeOffset.UnixEpoch) { Sample = sample };
}
