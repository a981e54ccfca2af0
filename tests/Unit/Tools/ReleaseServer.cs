using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Verification.Stack.Readiness;

namespace Verification.Tests.Unit.Tools;

/// <summary>Serves releases on loopback as their projects do, and breaks off where it is told to: whatever it has sent arrives.</summary>
internal sealed class ReleaseServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> asked = new();
    private readonly TaskCompletionSource released = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public ReleaseServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>What it was asked for, with the first byte where not from the beginning: <c>/a.zip from 100</c>.</summary>
    public IReadOnlyList<string> Asked => [.. asked];

    /// <summary>After how many bytes it breaks off the next answers that are no checksum files; where there is none left it sends
    /// all.</summary>
    public Queue<int> Breaks { get; } = new();

    /// <summary>Whether it says nothing more instead of breaking off.</summary>
    public bool Hangs { get; set; }

    /// <summary>Publishes a file, and beside it its checksum file.</summary>
    /// <returns>Its SHA-256.</returns>
    public string Publish(string name, byte[] content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        files[$"/{name}"] = content;
        PublishChecksums(name, hash);
        return hash;
    }

    /// <summary>Publishes a checksum file alone.</summary>
    public void PublishChecksums(string name, string hash) =>
        files[$"/{name}.sums"] = Encoding.UTF8.GetBytes($"{new string('0', 64)}  another-{name}\n{hash}  {name}\n");

    /// <summary>Takes a file back, and leaves its checksum file.</summary>
    public void Withdraw(string name) => files.TryRemove($"/{name}", out _);

    /// <summary>A .tar.gz with a folder, a file, and another.</summary>
    public static byte[] Tar(string entry, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress))
        using (var tar = new TarWriter(zip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "linux-amd64/"));
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, "linux-amd64/LICENSE") { DataStream = new MemoryStream("free"u8.ToArray()) }
            );
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream(content) });
        }

        return packed.ToArray();
    }

    /// <summary>A .zip with a file.</summary>
    public static byte[] Zip(string entry, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            using var file = zip.CreateEntry(entry).Open();
            file.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>Waits until it was asked for something.</summary>
    public Task AskedAsync(string path, CancellationToken cancellationToken) =>
        Eventually.IsTrueAsync(
            $"{path} is asked for",
            TimeSpan.FromSeconds(20),
            _ => Task.FromResult(Asked.Contains(path)),
            cancellationToken
        );

    /// <summary>Lets go of what hangs.</summary>
    public void Release() => released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        listener.Dispose();
        await serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                await AnswerAsync(client);
            }
            catch (IOException)
            {
                // Who asked has gone.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var path = (await reader.ReadLineAsync())!.Split(' ')[1];
        var from = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } header)
        {
            if (header.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                from = int.Parse(header["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        }

        asked.Enqueue(from > 0 ? $"{path} from {from}" : path);
        var content = files.GetValueOrDefault(path);
        var status =
            content is null ? "404 Not Found"
            : from >= content.Length ? $"416 Range Not Satisfiable\r\nContent-Range: bytes */{content.Length}"
            : from > 0 ? $"206 Partial Content\r\nContent-Range: bytes {from}-{content.Length - 1}/{content.Length}"
            : "200 OK";
        var body = content is null || from >= content.Length ? [] : content[from..];
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n")
        );
        var breaks = !path.EndsWith(".sums", StringComparison.Ordinal) && Breaks.TryDequeue(out var bytes) ? bytes : (int?)null;
        await stream.WriteAsync(body.AsMemory(0, Math.Min(breaks ?? body.Length, body.Length)));
        if (breaks is not null && Hangs)
            await released.Task;
    }
}
