namespace Verification.Objectives;

/// <summary>Finds the waivers that do nothing for a run, so that nobody relies on one. Pure.</summary>
internal static class IdleWaivers
{
    /// <summary>The waivers that no verdict uses and why, in the order of the file; those of objectives that were not asked for are left
    /// out.</summary>
    /// <param name="gates">All waivers.</param>
    /// <param name="run">What was run.</param>
    /// <param name="verdicts">Every objective that was judged.</param>
    /// <param name="now">The day of the judgement.</param>
    public static IReadOnlyList<IdleWaiver> Of(Gates gates, RunRecord run, IReadOnlyList<ObjectiveVerdict> verdicts, DateTimeOffset now)
    {
        var judged = verdicts.ToDictionary(verdict => verdict.Objective.Id, StringComparer.Ordinal);
        return
        [
            .. gates
                .Waivers.Where(waiver => judged.ContainsKey(waiver.Objective))
                .Select(waiver => (Waiver: waiver, Why: Why(waiver, judged[waiver.Objective], run, now)))
                .Where(each => each.Why is not null)
                .Select(each => new IdleWaiver(each.Waiver, each.Why!)),
        ];
    }

    /// <summary>Null where the waiver is used.</summary>
    private static string? Why(Waiver waiver, ObjectiveVerdict verdict, RunRecord run, DateTimeOffset now)
    {
        if (!waiver.HoldsIn(run.Environment))
            return $"it is for {waiver.Environment}, and this is {run.Environment}";
        if (!waiver.HoldsAt(now))
            return $"it ended with {waiver.Until:yyyy-MM-dd}: keep the promise, or agree on another day";
        if (verdict.Verdict == Verdict.Pass)
            return "it is needless, the objective passes: take it out";
        return verdict.Waiver == waiver
            ? verdict.Counts
                ? null
                : "the objective decides nothing here"
            : "an earlier one covers the objective: take one of them out";
    }
}
