using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Verification.Stack.Leftovers;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A registry on loopback (Debian's <c>docker-registry</c>, from PATH), gone when disposed.</summary>
internal sealed class LoopbackRegistry : IAsyncDisposable
{
    private const string Program = "docker-registry";
    private static readonly TimeSpan ListensWithin = TimeSpan.FromSeconds(20);
    private readonly Process process;
    private readonly DirectoryInfo data;

    private LoopbackRegistry(Process process, DirectoryInfo data, string host) => (this.process, this.data, Host) = (process, data, host);

    /// <summary>Host and port.</summary>
    public string Host { get; }

    /// <summary>Starts one, and waits until it listens; null where the program is not on PATH.</summary>
    /// <param name="folder">The run, which keeps what is pushed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<LoopbackRegistry?> StartAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(place => File.Exists(Path.Combine(place, Program))))
            return null;
        var host = $"127.0.0.1:{FreePort()}";
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, "registry"));
        var configuration = Path.Combine(data.FullName, "config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {data.FullName}}}}}\nhttp: {{addr: {host}}}\n",
            cancellationToken
        );
        var start = OwnSession.Of(Program, ["serve", configuration]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start) ?? throw new IOException($"{Program} did not start.");
        RunProcesses.Note(folder, process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var registry = new LoopbackRegistry(process, data, host);
        await Eventually.SucceedsAsync($"{host} is listened on", ListensWithin, registry.ConnectAsync, cancellationToken);
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
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
