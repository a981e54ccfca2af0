using Verification.Gate.Reporting;
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
        var failing = FailedOf(candidate, after);
        if (candidate.Inert is null)
            return failing is not null
                ? (MutantOutcome.Killed, failing.Why)
                : (
                    MutantOutcome.Survived,
                    $"with it the objective is {after.Verdict}: {after.Why}{(candidate.Change is null ? string.Empty : "; name an objective that sees it, or list it in mutants/inert.yaml with the reason")}"
                );

        if (failing is not null)
            return (MutantOutcome.Survived, $"mutants/inert.yaml lists it, but it is killed; take it out of the list: {failing.Why}");
        return after.Verdict == Verdict.Pass
            ? (MutantOutcome.Inert, candidate.Inert)
            : (MutantOutcome.Survived, $"mutants/inert.yaml lists it, but with it the objective is {after.Verdict}: {after.Why}");
    }

    /// <summary>Compares the gate of a whole profile without it and with it, where its own objective is PASS both times: whatever failed
    /// first has caught it.</summary>
    /// <param name="candidate">One that breaks no rule.</param>
    /// <param name="before">The gate without it.</param>
    /// <param name="after">The gate with it, which may have ended with its first FAIL.</param>
    /// <returns>The outcome, the objective that it rests on, and why.</returns>
    public static (MutantOutcome Outcome, string Objective, string Why) JudgeUnruled(
        MutantCandidate candidate,
        ReleaseVerdict before,
        ReleaseVerdict after
    )
    {
        var own = candidate.Mutant.Objective;
        if (before.Verdict != Verdict.Pass)
            return (
                MutantOutcome.NotTried,
                own,
                $"{candidate.Unruled}; without it the gate of {before.Profile} says {Phrases.Headline(before)}, so nothing more can be said: {Phrases.Why(before)}"
            );
        if (FirstFailed(after) is { } failed)
            return (MutantOutcome.Killed, failed.Objective, failed.Line.Why);
        return after.Verdict == Verdict.Pass
            ? (MutantOutcome.Inert, own, $"{candidate.Unruled}, and no objective of {after.Profile} sees it")
            : (
                MutantOutcome.NotTried,
                own,
                $"{candidate.Unruled}; with it the gate of {after.Profile} says {Phrases.Headline(after)}: {Phrases.Why(after)}"
            );
    }

    /// <summary>What of a gate failed first, of all that decides; null where nothing did.</summary>
    public static (string Objective, LineVerdict Line)? FirstFailed(ReleaseVerdict verdict)
    {
        var failed = verdict
            .Objectives.Where(objective => objective.Counts)
            .SelectMany(objective =>
                objective.Lines.Where(line => line.Verdict == Verdict.Fail).Select(line => (objective.Objective.Id, Line: line))
            )
            .OrderBy(each => each.Line.Evidence.At)
            .ToList();
        return failed is [var first, ..] ? first : null;
    }

    /// <summary>Whether the evidence that kills a mutant suspects the component at fault first; null where either is not said.</summary>
    public static bool? IsNamed(MutantCandidate candidate, ObjectiveVerdict after) => IsNamed(candidate, FailedOf(candidate, after));

    /// <inheritdoc cref="IsNamed(MutantCandidate, ObjectiveVerdict)"/>
    public static bool? IsNamed(MutantCandidate candidate, LineVerdict? failed) =>
        candidate.Mutant.Component is { } component && failed is { Evidence.Suspects: [var first, ..] } ? first == component : null;

    private static LineVerdict? FailedOf(MutantCandidate candidate, ObjectiveVerdict after) =>
        after.Lines.FirstOrDefault(line => line.Verdict == Verdict.Fail && Fits(candidate.Mutant, line));

    private static bool Fits(Mutant mutant, LineVerdict line) =>
        mutant.Dimensions.All(wanted => line.Evidence.Dimensions.TryGetValue(wanted.Key, out var value) && value == wanted.Value);
}
