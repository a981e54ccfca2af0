using Verification.Objectives;

namespace Verification.Gate.Mutants;

/// <summary>Says of a mutant whether its objective has caught it.</summary>
internal static class MutantJudge
{
    /// <summary>Compares the verdict of its objective without it and with it.</summary>
    /// <returns>The outcome, and what it rests on.</returns>
    public static (MutantOutcome Outcome, string Why) Judge(MutantCandidate candidate, ObjectiveVerdict before, ObjectiveVerdict after)
    {
        if (before.Verdict != Verdict.Pass)
            return (MutantOutcome.NotTried, $"without it the objective is {before.Verdict}, so nothing can be said: {before.Why}");
        var failing = after.Lines.FirstOrDefault(line => line.Verdict == Verdict.Fail && Fits(candidate.Mutant, line));
        if (candidate.Inert is null)
        {
            if (failing is not null)
                return (MutantOutcome.Killed, failing.Why);
            return after.Verdict == Verdict.Pass && candidate.Unruled is { } unruled
                ? (MutantOutcome.Inert, unruled)
                : (
                    MutantOutcome.Survived,
                    $"with it the objective is {after.Verdict}: {after.Why}{(candidate.Change is null ? string.Empty : "; name an objective that sees it, or list it in mutants/inert.yaml with the reason")}"
                );
        }

        if (failing is not null)
            return (MutantOutcome.Survived, $"mutants/inert.yaml lists it, but it is killed; take it out of the list: {failing.Why}");
        return after.Verdict == Verdict.Pass
            ? (MutantOutcome.Inert, candidate.Inert)
            : (MutantOutcome.Survived, $"mutants/inert.yaml lists it, but with it the objective is {after.Verdict}: {after.Why}");
    }

    /// <summary>Whether the evidence that kills a mutant suspects the component at fault first; null where either is not said.</summary>
    public static bool? IsNamed(MutantCandidate candidate, ObjectiveVerdict after) =>
        candidate.Mutant.Component is { } component
        && after.Lines.FirstOrDefault(line => line.Verdict == Verdict.Fail && Fits(candidate.Mutant, line))
            is { Evidence.Suspects: [var first, ..] }
            ? first == component
            : null;

    private static bool Fits(Mutant mutant, LineVerdict line) =>
        mutant.Dimensions.All(wanted => line.Evidence.Dimensions.TryGetValue(wanted.Key, out var value) && value == wanted.Value);
}
