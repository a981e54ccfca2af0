using Verification.Gate.Mutants;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class MutantTriesTests
{
    [Theory]
    [InlineData(5, new[] { nameof(MutantOutcome.Survived), nameof(MutantOutcome.Survived), nameof(MutantOutcome.Killed) }, 3)]
    [InlineData(5, new[] { nameof(MutantOutcome.Killed) }, 1)]
    [InlineData(5, new[] { nameof(MutantOutcome.NotTried) }, 1)]
    [InlineData(2, new[] { nameof(MutantOutcome.Survived), nameof(MutantOutcome.Survived) }, 2)]
    [InlineData(1, new[] { nameof(MutantOutcome.Survived) }, 1)]
    public async Task A_mutant_is_tried_until_it_is_killed_as_often_as_it_may(int most, string[] outcomes, int tries)
    {
        var left = new Queue<MutantOutcome>(outcomes.Select(outcome => Enum.Parse<MutantOutcome>(outcome)));

        var ended = await MutantTries.UntilKilledAsync(
            most,
            () => Task.FromResult((Outcome: left.Dequeue(), Why: $"{left.Count} left")),
            ended => ended.Outcome
        );

        Assert.Equal((Enum.Parse<MutantOutcome>(outcomes[^1]), "0 left", tries), (ended.Ended.Outcome, ended.Ended.Why, ended.Tries));
    }
}
