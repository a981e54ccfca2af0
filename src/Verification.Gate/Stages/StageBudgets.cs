namespace Verification.Gate.Stages;

/// <summary>How long each stage of a run may take: what those before it have left of their budgets is its own, too, so that a slow machine
/// takes time from no objective that fits into the whole.</summary>
/// <param name="stages">All of them, in order.</param>
internal sealed class StageBudgets(IReadOnlyList<PlannedStage> stages)
{
    /// <summary>The wall time of a stage that begins now.</summary>
    /// <param name="index">Which of them it is.</param>
    /// <param name="elapsed">Since the first began.</param>
    /// <returns>At least its own budget.</returns>
    public TimeSpan Of(int index, TimeSpan elapsed)
    {
        var left = stages.Take(index).Aggregate(TimeSpan.Zero, (sum, stage) => sum + stage.Budget) - elapsed;
        return stages[index].Budget + (left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }
}
