using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Verification.Stack.Components.Watching;

namespace Verification.Observability;

/// <summary>A running Prometheus, asked over its HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/).</summary>
public sealed partial class PrometheusApi : IDisposable
{
    private const string OfWhatFires = "ALERTS{";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>How often that of <c>config/prometheus/</c> scrapes.</summary>
    private static readonly TimeSpan ScrapesInProduction = TimeSpan.FromSeconds(30);

    private readonly HttpClient http;

    /// <summary>Makes a client.</summary>
    /// <param name="prometheus">Address of Prometheus.</param>
    public PrometheusApi(Uri prometheus) =>
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = prometheus, Timeout = Deadline };

    /// <summary>What it scrapes, and whether the last scrape of each went well.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public async Task<IReadOnlyList<ScrapeTarget>> TargetsAsync(CancellationToken cancellationToken)
    {
        var data = await DataAsync("api/v1/targets?state=active", cancellationToken).ConfigureAwait(false);
        return
        [
            .. data.GetProperty("activeTargets")
                .EnumerateArray()
                .Select(target => new ScrapeTarget(
                    Label(target, "job"),
                    Label(target, "instance"),
                    target.GetProperty("health").GetString()!,
                    target.GetProperty("lastError").GetString()!
                )
                {
                    Pool = target.GetProperty("scrapePool").GetString()!,
                    Interval = PrometheusDuration.Parse(target.GetProperty("scrapeInterval").GetString()!),
                }),
        ];
    }

    /// <summary>The alerts that are pending or firing.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public async Task<IReadOnlyList<ActiveAlert>> AlertsAsync(CancellationToken cancellationToken)
    {
        var data = await DataAsync("api/v1/alerts", cancellationToken).ConfigureAwait(false);
        return
        [
            .. data.GetProperty("alerts")
                .EnumerateArray()
                .Select(alert => new ActiveAlert(
                    Label(alert, "alertname"),
                    alert.GetProperty("state").GetString()!,
                    AlertKind.IsOfFault(alert.GetProperty("labels"))
                )),
        ];
    }

    /// <summary>The rules that it evaluates, those that record and those that alert, with their durations as it has them.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public async Task<IReadOnlyList<LoadedRule>> RulesAsync(CancellationToken cancellationToken)
    {
        var data = await DataAsync("api/v1/rules", cancellationToken).ConfigureAwait(false);
        return
        [
            .. data.GetProperty("groups")
                .EnumerateArray()
                .SelectMany(group => group.GetProperty("rules").EnumerateArray())
                .Select(rule => new LoadedRule(
                    rule.GetProperty("name").GetString()!,
                    rule.GetProperty("query").GetString()!,
                    rule.GetProperty("health").GetString()!,
                    rule.TryGetProperty("lastError", out var error) ? error.GetString()! : string.Empty
                )
                {
                    For = Seconds(rule, "duration"),
                    KeepFiringFor = Seconds(rule, "keepFiringFor"),
                }),
        ];
    }

    /// <summary>How many series an expression gives now.</summary>
    /// <param name="expression">An expression that gives a vector.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer, or refuses the expression.</exception>
    public async Task<int> SeriesAsync(string expression, CancellationToken cancellationToken)
    {
        var data = await DataAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}", cancellationToken).ConfigureAwait(false);
        return data.GetProperty("result").GetArrayLength();
    }

    /// <summary>The value of an expression now.</summary>
    /// <param name="expression">An expression that gives one value.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The value; 0 where the expression gives nothing.</returns>
    /// <exception cref="HttpRequestException">It does not answer, or refuses the expression.</exception>
    public async Task<double> ValueAsync(string expression, CancellationToken cancellationToken) =>
        (await ValuesAsync(expression, cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>The values of an expression now, one for each of its series.</summary>
    /// <param name="expression">An expression that gives a vector.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer, or refuses the expression.</exception>
    public async Task<IReadOnlyList<double>> ValuesAsync(string expression, CancellationToken cancellationToken)
    {
        var data = await DataAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}", cancellationToken).ConfigureAwait(false);
        return
        [
            .. data.GetProperty("result")
                .EnumerateArray()
                .Select(series => double.Parse(series.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>The instances of which an expression gives a series now.</summary>
    /// <param name="expression">An expression that gives a vector.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer, or refuses the expression.</exception>
    public async Task<IReadOnlyList<string>> InstancesAsync(string expression, CancellationToken cancellationToken)
    {
        var data = await DataAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}", cancellationToken).ConfigureAwait(false);
        return
        [
            .. data.GetProperty("result")
                .EnumerateArray()
                .Select(series => series.GetProperty("metric").GetProperty("instance").GetString()!)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The series that an expression gives over a time.</summary>
    /// <param name="expression">An expression that gives a vector.</param>
    /// <param name="range">The time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer, or refuses the expression.</exception>
    public async Task<IReadOnlyList<MetricSeries>> RangeAsync(string expression, QueryRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        var path = $"api/v1/query_range?query={Uri.EscapeDataString(expression)}&{range.Parameters}";
        return MetricSeries.Of(await DataAsync(path, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>How much faster than that of production it scrapes: what asks it for a range of minutes asks for as many scrapes.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public async Task<TimeLapse> LapseAsync(CancellationToken cancellationToken)
    {
        var data = await DataAsync("api/v1/status/config", cancellationToken).ConfigureAwait(false);
        return LapseOf(data.GetProperty("yaml").GetString()!);
    }

    /// <summary>What an expression selects: metrics, with what it asks of their labels. Prometheus reads the expression itself. Its own
    /// series of what fires are left out: there is none of
    /// them while all is well.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or refuses the expression.</exception>
    public async Task<IReadOnlyList<string>> SelectorsAsync(string expression, CancellationToken cancellationToken)
    {
        var tree = await DataAsync($"api/v1/parse_query?query={Uri.EscapeDataString(expression)}", cancellationToken).ConfigureAwait(false);
        return
        [
            .. ExpressionTree
                .SelectorsOf(tree)
                .Where(selector => !selector.StartsWith(OfWhatFires, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>An expression as Prometheus itself writes it: two that say the same thing in other spaces are the same.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or refuses the expression.</exception>
    public async Task<string> WrittenAsync(string expression, CancellationToken cancellationToken) =>
        (
            await DataAsync($"api/v1/format_query?query={Uri.EscapeDataString(expression)}", cancellationToken).ConfigureAwait(false)
        ).GetString()!;

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    /// <summary>The lapse of a configuration, by its global interval, which stands first; none where that is as long as production's, or
    /// longer.</summary>
    /// <param name="configuration">What Prometheus says that it has read.</param>
    internal static TimeLapse LapseOf(string configuration) =>
        ScrapeInterval().Match(configuration) is { Success: true } interval
        && PrometheusDuration.Parse(interval.Groups["duration"].Value) is var every
        && every > TimeSpan.Zero
            ? new TimeLapse(Math.Max(1, (int)Math.Round(ScrapesInProduction / every)))
            : TimeLapse.None;

    private static TimeSpan Seconds(JsonElement rule, string name) =>
        rule.TryGetProperty(name, out var seconds) ? TimeSpan.FromSeconds(seconds.GetDouble()) : TimeSpan.Zero;

    private static string Label(JsonElement labelled, string name) =>
        labelled.GetProperty("labels").TryGetProperty(name, out var value) ? value.GetString()! : string.Empty;

    private async Task<JsonElement> DataAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"Prometheus answered {path} with {(int)answer.StatusCode}: {body}");
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("data").Clone();
    }

    [GeneratedRegex(
        @"^\s+scrape_interval:\s*(?<duration>[0-9a-z]+)\s*$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ScrapeInterval();
}

/// <summary>Something that is scraped.</summary>
/// <param name="Job">The job it is of.</param>
/// <param name="Instance">Name of the instance.</param>
/// <param name="Health"><c>up</c>, <c>down</c>, or <c>unknown</c> before the first scrape.</param>
/// <param name="LastError">Why the last scrape failed; empty where it did not.</param>
public sealed record ScrapeTarget(string Job, string Instance, string Health, string LastError)
{
    /// <summary>What has brought it forth: a job, or the monitor of an operator.</summary>
    public string Pool { get; init; } = string.Empty;

    /// <summary>How often it is scraped.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Whether the last scrape went well.</summary>
    public bool IsUp => Health == "up";

    /// <inheritdoc />
    public override string ToString() =>
        IsUp ? $"{Job}/{Instance} is up" : $"{Job}/{Instance} is {Health}{(LastError.Length > 0 ? $" ({LastError})" : string.Empty)}";
}

/// <summary>An alert that is not inactive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>pending</c> or <c>firing</c>.</param>
/// <param name="IsOfFault">Whether it tells of a fault, and so ends with it.</param>
public sealed record ActiveAlert(string Name, string State, bool IsOfFault);

/// <summary>A rule as Prometheus evaluates it.</summary>
/// <param name="Name">Name of the alert, or of what is recorded.</param>
/// <param name="Expression">When it is due, or what is recorded.</param>
/// <param name="Health"><c>ok</c>, <c>err</c>, or <c>unknown</c> before the first evaluation.</param>
/// <param name="LastError">Why the last evaluation failed; empty where it did not.</param>
public sealed record LoadedRule(string Name, string Expression, string Health, string LastError)
{
    /// <summary>How long it is due before the alert fires.</summary>
    public TimeSpan For { get; init; }

    /// <summary>How long the alert fires on.</summary>
    public TimeSpan KeepFiringFor { get; init; }
}
