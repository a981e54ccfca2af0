using Verification.Objectives;

namespace Verification.Load;

/// <summary>What a watch of propagation says of objectives. What never came is missing at any rate; of times that a saturated generator has
/// taken nothing is said.</summary>
/// <param name="result">What was seen.</param>
/// <param name="file">File with all of it, relative to the run's folder.</param>
/// <param name="saturation">Why the generator's figures are its own; null where they are the platform's.</param>
public sealed class PropagationMeasurements(PropagationResult result, string file, string? saturation)
{
    /// <summary>From the 200 of a POST to its row, p99.</summary>
    /// <param name="objective">Id of the objective, whose unit is ms.</param>
    public Measurement Row(string objective) => Of(objective, result.ToRow, result.BetweenRows);

    /// <summary>From the 200 of a POST to the first GET that shows it, p99.</summary>
    /// <param name="objective">Id of the objective, whose unit is ms.</param>
    public Measurement Listed(string objective) => Of(objective, result.ToList, result.BetweenLists);

    /// <summary>How many were listed too late, or never, or had no row.</summary>
    /// <param name="objective">Id of the objective, whose unit is buffs.</param>
    public Measurement TooLate(string objective)
    {
        var missing = Math.Max(result.Unlisted, result.WithoutRow);
        return (
            saturation is not null && missing == 0
                ? Measurement.NotMeasured(objective, saturation)
                : new Measurement(objective, result.Late + missing, result.Acknowledged, result.Late + missing > 0 ? $"{result}" : null)
        ) with
        {
            Files = [file],
        };
    }

    private Measurement Of(string objective, Percentiles seen, Percentiles between) =>
        (
            saturation is not null ? Measurement.NotMeasured(objective, saturation)
            : seen.Count == 0 ? Measurement.NotMeasured(objective, "no buff was seen")
            : new Measurement(objective, seen.P99, seen.Count, $"{result}", between.P50)
        ) with
        {
            Files = [file],
        };
}
