using Verification.Gate.Mutants;
using Verification.Gate.Progress;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class MutantLinesTests
{
    [Fact]
    public void At_the_end_only_those_are_told_that_somebody_has_to_look_at()
    {
        using var told = new StringWriter();
        var lines = new MutantLines(new ProgressLines(Consoles.Of(told, redirected: true), TimeProvider.System));

        lines.TellOpen([
            Of("b", MutantOutcome.Survived),
            Of("dead", MutantOutcome.Killed),
            Of("idle", MutantOutcome.Inert),
            Of("away", MutantOutcome.NotTried),
            Of("a", MutantOutcome.Survived),
        ]);

        Assert.Equal(
            ["not tried  away: why", "SURVIVED   a (cache.hit): why", "SURVIVED   b (cache.hit): why"],
            told.ToString().TrimEnd().Split('\n').Select(line => line[(line.IndexOf(']', StringComparison.Ordinal) + 2)..].TrimEnd())
        );
    }

    private static MutantResult Of(string name, MutantOutcome outcome) =>
        new(name, "0123456789ab", outcome, "cache.hit", "why", 1, DateTimeOffset.UnixEpoch);
}
