using Verification.Gate.Mutants;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class SuspectTests
{
    private static readonly Objective Fresh = new("cache.fresh", "It is fresh.", "s", Comparison.AtMost, 1, 1, [], ObjectiveKind.Contract)
    {
        Suspects = ["server", "redis"],
    };

    [Fact]
    public void What_fails_has_the_suspects_of_its_objective_or_those_that_the_measurement_knows_better()
    {
        Assert.Equal(["server", "redis"], Recorded(new Measurement(Fresh.Id, 2, 5)).Suspects);
        Assert.Equal(["redis"], Recorded(new Measurement(Fresh.Id, 2, 5) { Suspects = ["redis"] }).Suspects);
        Assert.Equal(
            ["server", "redis"],
            Recorded(Measurement.OfUnreached(Fresh.Id, new UnreachedState("it is listed", TimeSpan.FromSeconds(1), "nothing"))).Suspects
        );
    }

    [Fact]
    public void What_holds_or_is_not_known_suspects_nobody()
    {
        Assert.Null(Recorded(new Measurement(Fresh.Id, 0.5, 5)).Suspects);
        Assert.Null(Recorded(Measurement.NotMeasured(Fresh.Id, "no time")).Suspects);
    }

    [Fact]
    public void A_failure_says_whom_it_suspects()
    {
        using var folder = new OwnFolder();
        Assert.Equal(
            "2 s, limit ≤ 1: old (suspect: server, then redis)",
            Recorder(folder).Record(new Measurement(Fresh.Id, 2, 5, "old"), "test").Why
        );
    }

    [Theory]
    [InlineData("server", "server", true)]
    [InlineData("redis", "server", false)]
    [InlineData(null, "server", null)]
    [InlineData("server", null, null)]
    public void A_mutant_is_named_where_the_first_suspect_is_its_component(string? component, string? suspect, bool? named)
    {
        var mutant = new Mutant("old", "It is old.", Fresh.Id, new Dictionary<string, string>(), null, null, TimeSpan.Zero)
        {
            Component = component,
        };
        var line = Recorded(new Measurement(Fresh.Id, 2, 5)) with { Suspects = suspect is null ? null : [suspect] };
        var verdict = new ObjectiveVerdict(
            Fresh,
            Requirement.Required,
            true,
            Verdict.Fail,
            null,
            "old",
            [new LineVerdict(line, Verdict.Fail, "old")]
        );

        Assert.Equal(named, MutantJudge.IsNamed(new MutantCandidate(mutant), verdict));
    }

    private static EvidenceLine Recorded(Measurement measurement)
    {
        using var folder = new OwnFolder();
        return Recorder(folder).Record(measurement, "test").Evidence;
    }

    private static EvidenceRecorder Recorder(OwnFolder folder) =>
        new(
            new Gates(new Dictionary<string, Objective> { [Fresh.Id] = Fresh }, new Dictionary<string, Profile>(), [], string.Empty),
            new EvidenceLog(folder.In("evidence.jsonl")),
            TimeProvider.System
        );
}
