namespace Verification.Gate.Mutants;

/// <summary>Tries a mutant again that survives by chance: whether two that race meet is decided anew each time.</summary>
internal static class MutantTries
{
    /// <summary>Tries it until it ends otherwise than by surviving.</summary>
    /// <param name="most">How often at most.</param>
    /// <param name="attempt">One try.</param>
    /// <param name="outcomeOf">How a try ended.</param>
    /// <returns>The last one, and how many there were.</returns>
    public static async Task<(T Ended, int Tries)> UntilKilledAsync<T>(int most, Func<Task<T>> attempt, Func<T, MutantOutcome> outcomeOf)
    {
        for (var tries = 1; ; tries++)
        {
            var ended = await attempt().ConfigureAwait(false);
            if (outcomeOf(ended) != MutantOutcome.Survived || tries >= most)
                return (ended, tries);
        }
    }
}
