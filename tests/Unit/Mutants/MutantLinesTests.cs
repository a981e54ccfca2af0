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

    [Theory]
    [InlineData(nameof(MutantOutcome.Killed), 1, "killed     a by cache.hit at the first try: why")]
    [InlineData(nameof(MutantOutcome.Killed), 3, "killed     a by cache.hit after 3 tries: why")]
    [InlineData(nameof(MutantOutcome.Survived), 5, "SURVIVED   a (cache.hit) after 5 tries: why")]
    public void Of_one_that_may_be_tried_several_times_it_is_told_how_often_it_was(string outcome, int tries, string told)
    {
        using var output = new StringWriter();

        new MutantLines(new ProgressLines(Consoles.Of(output, redirected: true), TimeProvider.System)).Tell(
            Of("a", Enum.Parse<MutantOutcome>(outcome)) with
            {
                Tries = tries,
            }
        );

        Assert.EndsWith(told, output.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    private static MutantResult Of(string name, MutantOutcome outcome) =>
        new(name, "0123456789ab", outcome, "cache.hit", "why", 1, DateTimeOffset.UnixEpoch);
}
