namespace Verification.Objectives;

/// <summary><c>metrics.prom</c>: what a run tells those who watch, for the node exporter's textfile collector or a Pushgateway. It holds no
/// free text and no secret.</summary>
public static class RunMetrics
{
    /// <summary>What everything of it begins with.</summary>
    private const string Prefix = "verification_";

    /// <summary>Writes the metrics of a run.</summary>
    /// <param name="record">What was run.</param>
    /// <param name="verdict">What came of it.</param>
    /// <param name="drills">When each drill has succeeded last, in this run or before: <see cref="DrillSuccesses"/>.</param>
    public static string Render(RunRecord record, ReleaseVerdict verdict, DrillSuccesses drills)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(drills);
        var text = new MetricsText();
        Run(text, record, verdict);
        Stages(text, record);
        Objectives(text, verdict);
        drills.Write(text);
        return text.ToString();
    }

    private static void Run(MetricsText text, RunRecord record, ReleaseVerdict verdict)
    {
        text.Gauge($"{Prefix}run_info", "The run that these metrics are of.")
            .Sample(
                $"{Prefix}run_info",
                1,
                ("run", record.Id),
                ("profile", record.Profile),
                ("environment", record.Environment),
                ("commit", record.Commit ?? string.Empty),
                ("release", verdict.IsReleaseVerdict ? "true" : "false")
            );
        text.Gauge($"{Prefix}verdict", "1 for the verdict of the run, 0 for the others.");
        States(text, $"{Prefix}verdict", verdict.Verdict);
        text.Gauge($"{Prefix}decided_timestamp_seconds", "When the run was judged.")
            .Sample($"{Prefix}decided_timestamp_seconds", Seconds(verdict.DecidedAt));
        if (record.EndedAt is { } ended)
            text.Gauge($"{Prefix}run_duration_seconds", "How long the run took.")
                .Sample($"{Prefix}run_duration_seconds", (ended - record.StartedAt).TotalSeconds);
    }

    private static void Stages(MetricsText text, RunRecord record)
    {
        text.Gauge($"{Prefix}stage_duration_seconds", "How long each stage took.");
        foreach (var stage in record.Stages)
            text.Sample($"{Prefix}stage_duration_seconds", stage.Seconds, ("stage", stage.Name));
    }

    private static void Objectives(MetricsText text, ReleaseVerdict verdict)
    {
        text.Gauge($"{Prefix}objective_verdict", "1 for the verdict on an objective, 0 for the others; counts says whether it decides.");
        foreach (var objective in verdict.Objectives)
            States(
                text,
                $"{Prefix}objective_verdict",
                objective.Verdict,
                ("objective", objective.Objective.Id),
                ("counts", objective.Counts ? "true" : "false")
            );
        text.Gauge($"{Prefix}objective_value", "The figure that decided on an objective, in its unit; none where nothing was measured.");
        foreach (var objective in verdict.Objectives)
        {
            if (ObjectiveJudge.Worst(objective.Objective, objective.Lines)?.Evidence.Value is { } value)
                text.Sample($"{Prefix}objective_value", value, Unit(objective.Objective));
        }

        text.Gauge(
            $"{Prefix}objective_limit",
            "The limit of an objective, in its unit; comparison says on which side of it a figure has to be."
        );
        foreach (var objective in verdict.Objectives.Select(each => each.Objective))
            text.Sample(
                $"{Prefix}objective_limit",
                objective.Limit,
                [.. Unit(objective), ("comparison", objective.Comparison == Comparison.AtMost ? "at-most" : "at-least")]
            );
    }

    private static IReadOnlyList<(string Name, string Value)> Unit(Objective objective) =>
        [("objective", objective.Id), ("unit", objective.Unit)];

    private static void States(MetricsText text, string name, Verdict verdict, params IReadOnlyList<(string Name, string Value)> labels)
    {
        foreach (var (state, word) in new[] { (Verdict.Pass, "pass"), (Verdict.Fail, "fail"), (Verdict.Unknown, "unknown") })
            text.Sample(name, state == verdict ? 1 : 0, [.. labels, ("verdict", word)]);
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
