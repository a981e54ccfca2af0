using Verification.Gate.Progress;

namespace Verification.Gate.Mutants;

/// <summary>Tells what becomes of mutants: each as it happens, and at the end once more those that somebody has to look at.</summary>
/// <param name="progress">Where it is told.</param>
internal sealed class MutantLines(ProgressLines progress)
{
    /// <summary>Tells one.</summary>
    public void Tell(MutantResult result)
    {
        switch (result.Outcome)
        {
            case MutantOutcome.Killed:
                progress.Good($"killed     {result.Mutant} by {result.Objective}{Tried(result)}: {result.Why}");
                break;
            case MutantOutcome.Inert:
                progress.Say($"inert      {result.Mutant}: {result.Why}");
                break;
            case MutantOutcome.NotTried:
                progress.Doubt($"not tried  {result.Mutant}: {result.Why}");
                break;
            default:
                progress.Bad($"SURVIVED   {result.Mutant} ({result.Objective}){Tried(result)}: {result.Why}");
                break;
        }
    }

    /// <summary>Tells those that were neither killed nor are inert as they should be.</summary>
    public void TellOpen(IEnumerable<MutantResult> results)
    {
        foreach (
            var result in results
                .Where(result => result.Outcome is MutantOutcome.NotTried or MutantOutcome.Survived)
                .OrderBy(result => result.Outcome)
                .ThenBy(result => result.Mutant, StringComparer.Ordinal)
        )
            Tell(result);
    }

    private static string Tried(MutantResult result) =>
        result.Tries switch
        {
            null => string.Empty,
            1 => " at the first try",
            var tries => $" after {tries} tries",
        };
}
