using System.Globalization;
using System.Text.RegularExpressions;

namespace Verification.Objectives;

/// <summary>When each drill that was asked for has succeeded last. It is handed on from the metrics of one run to those of the next, so
/// that it is known also where old runs are gone.</summary>
/// <param name="Times">The time of each, by the name of the drill: <c>dropped-table</c>; <see cref="Never"/> of one that never
/// has.</param>
public sealed partial record DrillSuccesses(IReadOnlyDictionary<string, DateTimeOffset> Times)
{
    private const string Metric = "verification_drill_last_success_timestamp_seconds";
    private const string Area = "drill-";

    /// <summary>Stands for the time of a success that never was: a drill of which nothing stood here would be missed by nobody.</summary>
    public static DateTimeOffset Never => DateTimeOffset.UnixEpoch;

    /// <summary>None that is known.</summary>
    public static DrillSuccesses None { get; } = new(new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal));

    /// <summary>Those that stand in the metrics of a run.</summary>
    /// <param name="metrics">Content of a <c>metrics.prom</c>.</param>
    public static DrillSuccesses Read(string metrics) =>
        new(
            Samples()
                .Matches(metrics)
                .ToDictionary(
                    match => match.Groups["drill"].Value,
                    match =>
                        DateTimeOffset.FromUnixTimeMilliseconds(
                            (long)(1000 * double.Parse(match.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture))
                        ),
                    StringComparer.Ordinal
                )
        );

    /// <summary>These, and the drills of which a run has kept every promise that was asked of it; those that were asked for and have never
    /// succeeded yet are known, too. That of a seeded defect says nothing of the platform.</summary>
    public DrillSuccesses With(RunRecord record, ReleaseVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(verdict);
        if (record.Mutant is not null)
            return this;
        var times = new Dictionary<string, DateTimeOffset>(Times, StringComparer.Ordinal);
        foreach (
            var drill in verdict
                .Objectives.Where(each => each.Objective.Id.StartsWith(Area, StringComparison.Ordinal))
                .GroupBy(each => each.Objective.Id[Area.Length..].Split('.')[0], StringComparer.Ordinal)
        )
        {
            if (
                drill.All(each => each.Verdict == Verdict.Pass)
                && (!times.TryGetValue(drill.Key, out var before) || before < verdict.DecidedAt)
            )
                times[drill.Key] = verdict.DecidedAt;
            else
                times.TryAdd(drill.Key, Never);
        }

        return new DrillSuccesses(times);
    }

    /// <summary>Writes them as metrics.</summary>
    internal void Write(MetricsText text)
    {
        text.Gauge(Metric, "When each drill has succeeded last, in this run or before it; 0 where never.");
        foreach (var (drill, time) in Times.OrderBy(each => each.Key, StringComparer.Ordinal))
            text.Sample(Metric, time.ToUnixTimeMilliseconds() / 1000.0, ("drill", drill));
    }

    [GeneratedRegex(
        $"^{Metric}{{drill=\"(?<drill>[a-z0-9-]+)\"}} (?<seconds>[0-9.E+]+)$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Samples();
}
