namespace Verification.Objectives;

/// <summary>Records measurements as evidence, and says at once how each stands to its objective.</summary>
/// <param name="gates">The objectives.</param>
/// <param name="log">Where evidence goes.</param>
/// <param name="time">The clock.</param>
public sealed class EvidenceRecorder(Gates gates, EvidenceLog log, TimeProvider time)
{
    /// <summary>What all is measured on: broker, topology.</summary>
    public IReadOnlyDictionary<string, string> Dimensions { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Records a measurement and holds it against its objective.</summary>
    /// <param name="measurement">What was measured.</param>
    /// <param name="test">Name of the test.</param>
    /// <exception cref="ArgumentException">No objective has this id.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    public LineVerdict Record(Measurement measurement, string test)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var (objective, line) = LineOf(measurement, test);
        return ObjectiveJudge.Judge(
            objective,
            log.Append(
                ObjectiveJudge.Judge(objective, line).Verdict == Verdict.Fail
                    ? line with
                    {
                        Suspects = SuspectsOf(measurement, objective),
                    }
                    : line
            )
        );
    }

    /// <summary>Whether a measurement would fail its objective, if it were recorded.</summary>
    /// <inheritdoc cref="Record"/>
    public bool WouldFail(Measurement measurement, string test)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var (objective, line) = LineOf(measurement, test);
        return ObjectiveJudge.Judge(objective, line).Verdict == Verdict.Fail;
    }

    private (Objective Objective, EvidenceLine Line) LineOf(Measurement measurement, string test)
    {
        if (!gates.Objectives.TryGetValue(measurement.Objective, out var objective))
            throw new ArgumentException($"gates.yaml has no objective '{measurement.Objective}'.", nameof(measurement));
        return (
            objective,
            new EvidenceLine
            {
                Objective = objective.Id,
                Outcome = OutcomeOf(measurement),
                Dimensions = DimensionsOf(measurement),
                Value = measurement.Value,
                Unit = objective.Unit,
                Observations = measurement.Observations,
                Resolution = measurement.Resolution,
                Awaited = measurement.Unreached?.State,
                WaitedSeconds = measurement.Unreached?.Waited.TotalSeconds,
                // It quotes servers and containers.
                Diagnosis = (measurement.Unreached is { } unreached ? $"seen last: {unreached.Seen}" : measurement.Diagnosis) is { } said
                    ? Quotation.Lines(said)
                    : null,
                Test = test,
                Files = measurement.Files,
                At = time.GetUtcNow(),
            }
        );
    }

    private static IReadOnlyList<string>? SuspectsOf(Measurement measurement, Objective objective) =>
        measurement.Suspects.Count > 0 ? measurement.Suspects : objective.Suspects;

    private static EvidenceOutcome OutcomeOf(Measurement measurement) =>
        measurement switch
        {
            { Unreached: not null } => EvidenceOutcome.NotReached,
            { Value: not null } => EvidenceOutcome.Measured,
            _ => EvidenceOutcome.NotMeasured,
        };

    private Dictionary<string, string> DimensionsOf(Measurement measurement)
    {
        var dimensions = new Dictionary<string, string>(Dimensions, StringComparer.Ordinal);
        foreach (
            var (name, value) in new[]
            {
                (Dimension.Target, measurement.Target),
                (Dimension.Fault, measurement.Fault),
                (Dimension.Phase, measurement.Phase),
            }
        )
        {
            if (value is not null)
                dimensions[name] = value;
        }

        return dimensions;
    }
}
