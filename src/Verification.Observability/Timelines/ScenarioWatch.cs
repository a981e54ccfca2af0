using System.Text.Json;
using System.Text.RegularExpressions;
using Verification.Objectives;

namespace Verification.Observability;

/// <summary>Asks a Prometheus what it knew while a scenario ran: the alerts that fired, and a few metrics.</summary>
/// <param name="prometheus">The Prometheus.</param>
/// <param name="config">The folder <c>config/</c>, with the dashboards.</param>
public sealed partial class ScenarioWatch(PrometheusApi prometheus, string config)
{
    /// <summary>How many alerts are kept.</summary>
    internal const int MostAlerts = 40;

    /// <summary>How many lines of a metric are kept.</summary>
    internal const int MostLines = 12;

    private const string Firing = "ALERTS{alertstate=\"firing\"}";

    // A scenario may last for half an hour, and its picture is as wide as that of any other.
    private const int MostValues = 600;
    private const int Decimals = 4;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What it knew. Whatever it can't be asked for is a note there: what was had before stands.</summary>
    /// <param name="scenario">Name of the scenario.</param>
    /// <param name="from">When it began.</param>
    /// <param name="to">When it ended.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ScenarioMetrics> LookAsync(
        string scenario,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        var range = new QueryRange(from, to, StepOf(to - from));
        var known = new ScenarioMetrics(scenario, from, range.Step.TotalSeconds);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var lapse = await prometheus.LapseAsync(patience.Token).ConfigureAwait(false);
            known = known with
            {
                Alerts = AlertsOf(await prometheus.RangeAsync(Firing, range, patience.Token).ConfigureAwait(false), range),
            };
            foreach (var metric in TimelineMetric.Read(config))
            {
                var lines = new List<TimedLine>();
                foreach (var query in metric.Queries)
                {
                    var series = await prometheus.RangeAsync(lapse.Of(query.Expression), range, patience.Token).ConfigureAwait(false);
                    lines.AddRange(LinesOf(series, query.Legend, range));
                }

                known = known with { Metrics = [.. known.Metrics, new TimedMetric(metric.Title, [.. lines.Take(MostLines)])] };
            }

            return known;
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or OperationCanceledException
                        or JsonException
                        or DocumentException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return known with { Notes = [$"Prometheus could not be asked for all of it: {Quotation.Of(e.Message)}"] };
        }
    }

    /// <summary>How far two values are from each other: a second, or more of them where there would be too many values.</summary>
    internal static TimeSpan StepOf(TimeSpan length) => Second * Math.Max(1, Math.Ceiling(length / Second / MostValues));

    /// <summary>The alerts of series, each with the times for which any series of its name fired.</summary>
    internal static IReadOnlyList<FiredAlert> AlertsOf(IReadOnlyList<MetricSeries> series, QueryRange range) =>
        [
            .. series
                .GroupBy(each => (Name: each.Label("alertname"), Severity: each.Label("severity")))
                .Select(alert => new FiredAlert(
                    alert.Key.Name,
                    alert.Key.Severity,
                    SpansOf(alert.SelectMany(each => each.Points).Select(point => range.Since(point.At)).Distinct().Order(), range.Step)
                ))
                .Where(alert => alert.Spans.Count > 0)
                .OrderBy(alert => alert.Spans[0].From)
                .ThenBy(alert => alert.Name, StringComparer.Ordinal)
                .Take(MostAlerts),
        ];

    /// <summary>The lines of series, named by a legend of Grafana's.</summary>
    internal static IReadOnlyList<TimedLine> LinesOf(IReadOnlyList<MetricSeries> series, string legend, QueryRange range) =>
        [
            .. series
                .Select(each => new TimedLine(
                    LabelInLegend().Replace(legend, label => each.Label(label.Groups["name"].Value)),
                    ValuesOf(each, range)
                ))
                .Where(line => line.Values.Any(value => value is not null))
                .OrderBy(line => line.Name, StringComparer.Ordinal)
                .Take(MostLines),
        ];

    private static double?[] ValuesOf(MetricSeries series, QueryRange range)
    {
        var values = new double?[range.Values];
        foreach (var (at, value) in series.Points)
        {
            var index = (int)Math.Round(range.Since(at) / range.Step.TotalSeconds);
            // A share of nothing is no number.
            if (index >= 0 && index < values.Length && double.IsFinite(value))
                values[index] = Math.Round(value, Decimals);
        }

        return values;
    }

    private static List<FiredSpan> SpansOf(IEnumerable<double> times, TimeSpan step)
    {
        var spans = new List<FiredSpan>();
        foreach (var at in times)
        {
            if (spans is [.., var last] && at - last.To <= 1.5 * step.TotalSeconds)
                spans[^1] = last with { To = at };
            else
                spans.Add(new FiredSpan(at, at));
        }

        return spans;
    }

    [GeneratedRegex(
        @"\{\{\s*(?<name>\w+)\s*\}\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex LabelInLegend();
}
