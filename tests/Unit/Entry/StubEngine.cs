using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Verification.Tests.Unit.Entry;

/// <summary>Answers an engine's ping, on a socket or on a port of loopback.</summary>
internal sealed class StubEngine : IAsyncDisposable
{
    private readonly WebApplication app;

    private StubEngine(WebApplication app) => this.app = app;

    /// <summary>Where it listens, as DOCKER_HOST has it.</summary>
    public string Address =>
        app
            .Urls.Single()
            .Replace("http://unix:", "unix://", StringComparison.Ordinal)
            .Replace("http://", "tcp://", StringComparison.Ordinal);

    public static Task<StubEngine> OnPortAsync() => StartAsync(options => options.Listen(System.Net.IPAddress.Loopback, 0));

    public static Task<StubEngine> OnSocketAsync(string path) => StartAsync(options => options.ListenUnixSocket(path));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task<StubEngine> StartAsync(Action<KestrelServerOptions> listen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(listen);
        var app = builder.Build();
        app.MapGet("/_ping", () => "OK");
        await app.StartAsync();
        return new StubEngine(app);
    }
}
