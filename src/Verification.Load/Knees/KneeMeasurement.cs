using Verification.Objectives;

namespace Verification.Load;

/// <summary>What several searches say of the knee.</summary>
/// <param name="knees">What each has found; at least one.</param>
/// <param name="file">File with all of it, relative to the run's folder.</param>
public sealed class KneeMeasurement(IReadOnlyList<Knee> knees, string file)
{
    /// <summary>The middle of them, with the lowest and the highest in words.</summary>
    /// <param name="objective">Id of the objective, whose unit is a rate.</param>
    public Measurement Of(string objective)
    {
        var ordered = knees.OrderBy(knee => knee.Rate).ToList();
        var middle = ordered[ordered.Count / 2];
        var measured =
            middle.Beyond is { IsOfGenerator: true } beyond && middle.Rate == 0
                ? Measurement.NotMeasured(objective, $"at {beyond.Rate}/s already {beyond.Missed}")
                : new Measurement(
                    objective,
                    middle.Rate,
                    knees.Sum(knee => knee.Trials.Count),
                    $"from {ordered[0].Rate}/s to {ordered[^1].Rate}/s in {ordered.Count} searches; {EndOf(middle)}"
                );
        return measured with { Files = [file] };
    }

    private static string EndOf(Knee knee) =>
        knee.Beyond switch
        {
            null => "no rate that was tried was not held",
            { IsOfGenerator: true } beyond => $"at least that: at {beyond.Rate}/s {beyond.Missed}",
            { } beyond => $"at {beyond.Rate}/s {beyond.Missed}",
        };
}
