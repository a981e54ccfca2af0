using System.Net;
using System.Net.Sockets;
using Verification.Cluster.Programs;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A registry on loopback (Debian's <c>docker-registry</c>), gone when disposed.</summary>
internal sealed class LoopbackRegistry : IAsyncDisposable
{
    private const string Program = "docker-registry";
    private static readonly TimeSpan ListensWithin = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource over = new();
    private readonly DirectoryInfo data;
    private readonly Task<ToolResult> serving;

    private LoopbackRegistry(Tool registry, RunFolder folder)
    {
        data = Directory.CreateDirectory(Path.Combine(folder.Path, "registry"));
        var configuration = Path.Combine(data.FullName, "config.yml");
        File.WriteAllText(
            configuration,
            $"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {data.FullName}}}}}\nhttp: {{addr: {Host}}}\n"
        );
        serving = registry.RunAsync(folder, ["serve", configuration], new Dictionary<string, string>(), data.FullName, over.Token);
    }

    /// <summary>Host and port.</summary>
    public string Host { get; } = $"127.0.0.1:{FreePort()}";

    /// <summary>Starts one, and waits until it listens.</summary>
    /// <param name="folder">The run, which keeps what is pushed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolMissingException">The program can't be had.</exception>
    /// <exception cref="StateNotSeenException">It does not listen within 20 s.</exception>
    public static async Task<LoopbackRegistry> StartAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var registry = new LoopbackRegistry(await Tool.FindOrGetAsync(Program, Program, cancellationToken), folder);
        try
        {
            await Eventually.SucceedsAsync(
                $"{Program} listens on {registry.Host}",
                ListensWithin,
                registry.ConnectAsync,
                cancellationToken
            );
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await ((Task)serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
        data.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(Host), cancellationToken);
    }
}
