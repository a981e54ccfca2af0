using Verification.Gate.Mutants;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class MutantRunTests
{
    [Theory]
    [InlineData(0, nameof(MutantOutcome.Killed), 0)]
    [InlineData(0, nameof(MutantOutcome.Inert), 0)]
    [InlineData(0, nameof(MutantOutcome.NotTried), 3)]
    [InlineData(0, nameof(MutantOutcome.Survived), 1)]
    [InlineData(2, nameof(MutantOutcome.Killed), 3)]
    [InlineData(2, nameof(MutantOutcome.Survived), 1)]
    public void What_was_not_begun_says_as_little_as_what_could_not_be_tried(int left, string outcome, int code) =>
        Assert.Equal(
            code,
            MutantRun.ExitCodeOf(
                [
                    new MutantResult(
                        "one",
                        "0123456789ab",
                        Enum.Parse<MutantOutcome>(outcome),
                        "cache.hit",
                        "why",
                        1,
                        DateTimeOffset.UnixEpoch
                    ),
                ],
                left
            )
        );
}
