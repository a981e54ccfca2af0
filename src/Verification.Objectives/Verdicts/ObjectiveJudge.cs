using System.Globalization;

namespace Verification.Objectives;

/// <summary>Holds one measurement against its objective. Pure.</summary>
public static class ObjectiveJudge
{
    /// <summary>PASS, FAIL or UNKNOWN, and why.</summary>
    public static LineVerdict Judge(Objective objective, EvidenceLine line)
    {
        if (line.Unit != objective.Unit)
            return new LineVerdict(line, Verdict.Unknown, $"measured in '{line.Unit}', but the objective is in '{objective.Unit}'");
        if (line.Outcome == EvidenceOutcome.NotReached)
            return new LineVerdict(
                line,
                Verdict.Fail,
                Text($"not so after {line.WaitedSeconds:0.0} s: {line.Awaited}{Because(line)}{Suspects(line)}")
            );
        if (line.Outcome == EvidenceOutcome.NotMeasured || line.Value is not { } value || !double.IsFinite(value))
            return new LineVerdict(line, Verdict.Unknown, line.Diagnosis ?? "nothing was measured");
        if (line.Resolution is { } unusable && (!double.IsFinite(unusable) || unusable < 0))
            return new LineVerdict(line, Verdict.Unknown, Text($"its resolution is {unusable}, no figure to judge by"));

        var figure = Text($"{Figure(value, objective.Limit)} {objective.Unit}, limit {Sign(objective)} {objective.Limit}");
        if (Beyond(objective, value))
            return new LineVerdict(line, Verdict.Fail, $"{figure}{Because(line)}{Suspects(line)}");
        if (line.Observations is not { } observed || observed < objective.MinObservations)
            return new LineVerdict(
                line,
                Verdict.Unknown,
                Text($"{line.Observations ?? 0} observations, at least {objective.MinObservations} are needed{Because(line)}")
            );
        var worst = objective.Comparison == Comparison.AtMost ? value + (line.Resolution ?? 0) : value - (line.Resolution ?? 0);
        return Beyond(objective, worst)
            ? new LineVerdict(
                line,
                Verdict.Unknown,
                Text($"{figure}: too near to the limit for a resolution of {line.Resolution} {objective.Unit}")
            )
            : new LineVerdict(line, Verdict.Pass, Text($"{figure}, {line.Observations} observations"));
    }

    private static string Because(EvidenceLine line) => line.Diagnosis is { Length: > 0 } diagnosis ? $": {diagnosis}" : string.Empty;

    private static string Suspects(EvidenceLine line) =>
        line.Suspects is { Count: > 0 } suspects ? $" (suspect: {string.Join(", then ", suspects)})" : string.Empty;

    /// <summary>The line that decides an objective: of the worst verdict, the furthest beyond the limit or the nearest to it; null where
    /// there is none.</summary>
    public static LineVerdict? Worst(Objective objective, IReadOnlyList<LineVerdict> lines) =>
        lines.OrderByDescending(line => line.Verdict).ThenByDescending(line => Excess(objective, line)).FirstOrDefault();

    /// <summary>How far a line is beyond its limit, to tell the worst of equal verdicts.</summary>
    private static double Excess(Objective objective, LineVerdict line) =>
        line.Evidence.Outcome == EvidenceOutcome.NotReached ? double.PositiveInfinity
        : line.Evidence.Value is not { } value || double.IsNaN(value) ? double.NegativeInfinity
        : objective.Comparison == Comparison.AtMost ? value - objective.Limit
        : objective.Limit - value;

    private static bool Beyond(Objective objective, double value) =>
        objective.Comparison == Comparison.AtMost ? value > objective.Limit : value < objective.Limit;

    private static string Sign(Objective objective) => objective.Comparison == Comparison.AtMost ? "≤" : "≥";

    /// <summary>Three decimals, or all where three would show a value beyond the limit as the limit itself.</summary>
    private static string Figure(double value, double limit) =>
        Math.Round(value, 3) == limit && value != limit ? value.ToString("R", CultureInfo.InvariantCulture) : Text($"{value:0.###}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
