namespace SportBuff;

/// <summary>What both services have in common: port 8080, JSON logs, an end within 10 s of SIGTERM.</summary>
internal static class ServiceHost
{
    private const int Port = 8080;
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(8);

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenAnyIP(Port);
            kestrel.AddServerHeader = false;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownPatience);
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console =>
        {
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        return builder;
    }

    /// <summary>Runs a service; an unusable environment ends it with one clear line and exit code 1.</summary>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder> configure, Action<WebApplication> map)
    {
        var builder = CreateBuilder(args);
        try
        {
            configure(builder);
        }
        catch (ConfigurationException e)
        {
            await using var failed = builder.Build();
            failed.Logger.LogCritical("Cannot start: {Problem}", e.Message);
            return 1;
        }

        await using var app = builder.Build();
        map(app);
        await app.RunAsync();
        return 0;
    }
}
