namespace Verification.Gate.Stages;

/// <summary>How long each stage of a run may take: its budget is sure, and beyond it what the limit of the profile leaves once those after
/// it have theirs. So a slow machine takes time from no objective that fits into the whole.</summary>
/// <param name="stages">All of them, in order.</param>
/// <param name="limit">Of the profile.</param>
internal sealed class StageBudgets(IReadOnlyList<PlannedStage> stages, TimeSpan limit)
{
    /// <summary>The wall time of a stage that begins now.</summary>
    /// <param name="index">Which of them it is.</param>
    /// <param name="elapsed">Since the first began.</param>
    /// <returns>At least its own budget.</returns>
    public TimeSpan Of(int index, TimeSpan elapsed)
    {
        var left = stages.Skip(index + 1).Aggregate(limit - elapsed, (time, later) => time - later.Budget);
        return left > stages[index].Budget ? left : stages[index].Budget;
    }
}
