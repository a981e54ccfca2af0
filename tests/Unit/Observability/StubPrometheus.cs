using System.Collections.Concurrent;

namespace Verification.Tests.Unit.Observability;

/// <summary>Answers range queries on a port of loopback: an alert, and one series of whatever else is asked for.</summary>
internal sealed class StubPrometheus : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> asked = new();

    private StubPrometheus(bool answersMetrics)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet(
            "/api/v1/status/config",
            () => Results.Text("""{"status":"success","data":{"yaml":"global:\n  scrape_interval: 1s\n"}}""")
        );
        app.MapGet(
            "/api/v1/query_range",
            (string query, double start) =>
            {
                asked.Enqueue(query);
                var isAlerts = query.StartsWith("ALERTS{", StringComparison.Ordinal);
                var labels = isAlerts ? "{\"alertname\":\"MySQLDown\",\"severity\":\"page\"}" : "{}";
                return isAlerts || answersMetrics
                    ? Results.Text(
                        $$$"""
                        {"status":"success","data":{"resultType":"matrix","result":[
                          {"metric":{{{labels}}},
                           "values":[[{{{start + 1}}},"2"],[{{{start + 2}}},"2"]]}]}}
                        """
                    )
                    : Results.Text("no JSON");
            }
        );
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>The expressions that it was asked for.</summary>
    public IReadOnlyList<string> Asked => [.. asked];

    /// <summary>Starts one.</summary>
    /// <param name="answersMetrics">Whether it answers with JSON what is no alert.</param>
    public static async Task<StubPrometheus> StartAsync(bool answersMetrics = true)
    {
        var prometheus = new StubPrometheus(answersMetrics);
        await prometheus.app.StartAsync();
        return prometheus;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
