using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;

namespace Verification.Stack.Images.Debian;

/// <summary>Package files on this machine, each known by its hash; what is missing is downloaded, several at a time.</summary>
internal sealed class PackageCache : IDisposable
{
    private const int AtOnce = 8;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> files = new();
    private readonly SemaphoreSlim places = new(AtOnce);
    private readonly HttpClient http;
    private readonly string folder;

    /// <param name="folder">Where the files are kept.</param>
    /// <param name="proxy">Proxy to use; null takes what the environment says.</param>
    /// <param name="handler">Another transport, for tests.</param>
    public PackageCache(string folder, string? proxy, HttpMessageHandler? handler = null)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        http = new HttpClient(handler ?? Transport(proxy)) { Timeout = TimeSpan.FromMinutes(3) };
    }

    /// <summary>A package's file, with the hash that the index names.</summary>
    /// <exception cref="InvalidOperationException">What was downloaded has another hash; it is not kept.</exception>
    /// <exception cref="HttpRequestException">It can't be downloaded.</exception>
    public Task<string> FetchAsync(DebianPackage package, CancellationToken cancellationToken) =>
        files.GetOrAdd(package.Sha256, _ => new Lazy<Task<string>>(() => FindOrDownloadAsync(package, cancellationToken))).Value;

    public void Dispose()
    {
        http.Dispose();
        places.Dispose();
    }

    private static SocketsHttpHandler Transport(string? proxy)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), MaxConnectionsPerServer = AtOnce };
        if (proxy is not null)
            handler.Proxy = new WebProxy(proxy);
        return handler;
    }

    private async Task<string> FindOrDownloadAsync(DebianPackage package, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var kept = Path.Combine(folder, $"{package.Sha256}.deb");
            if (File.Exists(kept))
            {
                if (await HashAsync(kept, cancellationToken).ConfigureAwait(false) == package.Sha256)
                    return kept;
                File.Delete(kept);
            }

            await DownloadAsync(package, kept, cancellationToken).ConfigureAwait(false);
            return kept;
        }
        finally
        {
            places.Release();
        }
    }

    private async Task DownloadAsync(DebianPackage package, string kept, CancellationToken cancellationToken)
    {
        var part = $"{kept}.{Environment.ProcessId}.part";
        try
        {
            await using (var file = File.Create(part))
            {
                await using var body = await http.GetStreamAsync(package.Address, cancellationToken).ConfigureAwait(false);
                await body.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            }

            var hash = await HashAsync(part, cancellationToken).ConfigureAwait(false);
            if (hash != package.Sha256)
            {
                throw new InvalidOperationException(
                    $"package {package.Name} {package.Version} has another SHA-256 than the signed index says: expected {package.Sha256}, got {hash} from {package.Address}; it was thrown away"
                );
            }

            File.Move(part, kept, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }
}
