using Prometheus;

namespace SportBuff;

/// <summary>What both services have in common: port 8080, /healthz, /metrics, JSON logs, an end within 10 s of SIGTERM.</summary>
internal static class ServiceHost
{
    private const int Port = 8080;
    private const int Unconfigured = 2;

    /// <summary>How long answers take, in s. 0.25 and 0.5 are what config/slo promises.</summary>
    internal static readonly HistogramConfiguration Durations = new()
    {
        Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan HeadersPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdlePatience = TimeSpan.FromMinutes(2);

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenAnyIP(Port);
            kestrel.AddServerHeader = false;
            // A body that stalls ends by Kestrel's own lowest rate: 240 bytes per second after 5 s.
            kestrel.Limits.RequestHeadersTimeout = HeadersPatience;
            kestrel.Limits.KeepAliveTimeout = IdlePatience;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownPatience);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IMetricFactory>(Metrics.DefaultFactory);
        builder.Logging.AddJsonConsole(console =>
        {
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        return builder;
    }

    /// <summary>Runs a service; an unusable environment ends it with one line that names all that is wrong, and exit code 2.</summary>
    public static async Task<int> RunAsync(
        string[] args,
        Action<WebApplicationBuilder, ServiceEnvironment> configure,
        Action<WebApplication> map
    )
    {
        // Without the runtime's event counters: they cost at every start, and say little of the service.
        Metrics.SuppressDefaultMetrics(new SuppressDefaultMetricOptions { SuppressEventCounters = true, SuppressMeters = true });
        var builder = CreateBuilder(args);
        try
        {
            var environment = new ServiceEnvironment(Environment.GetEnvironmentVariable);
            configure(builder, environment);
            environment.Check();
        }
        catch (ConfigurationException e)
        {
            await using var failed = builder.Build();
            failed.Logger.LogCritical("Cannot start: {Problem}", e.Message);
            return Unconfigured;
        }

        await using var app = builder.Build();
        app.UseHttpMetrics(http =>
            http.RequestDuration.Histogram = app
                .Services.GetRequiredService<IMetricFactory>()
                .CreateHistogram(
                    "http_request_duration_seconds",
                    "How long requests take until they are answered.",
                    ["code", "method", "endpoint"],
                    Durations
                )
        );
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapMetrics();
        map(app);
        await app.RunAsync();
        return 0;
    }
}
