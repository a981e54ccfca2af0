using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Verification.Tests.Unit.Images.Registries;

/// <summary>A registry on loopback, which engines ask without TLS (OCI distribution specification 1.1, pull only). It holds images of one
/// small file each.</summary>
internal sealed class LoopbackRegistry : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private readonly Dictionary<string, byte[]> content = [];
    private readonly Dictionary<string, string> tags = [];
    private readonly WebApplication app;

    private LoopbackRegistry(WebApplication app, string? login, TimeSpan delay)
    {
        this.app = app;
        app.Use(
            async (context, next) =>
            {
                var sent = context.Request.Headers.Authorization.ToString();
                if (login is not null && sent != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login)))
                {
                    context.Response.StatusCode = 401;
                    context.Response.Headers.WWWAuthenticate = "Basic realm=\"loopback\"";
                    return;
                }

                await next(context);
            }
        );
        app.MapGet("/v2/", () => Results.Ok());
        app.MapMethods(
            "/v2/{name}/manifests/{reference}",
            ["GET", "HEAD"],
            async (HttpContext context, string reference) =>
            {
                await Task.Delay(delay, context.RequestAborted);
                return Blob(context, tags.GetValueOrDefault(reference, reference), ManifestType);
            }
        );
        app.MapMethods(
            "/v2/{name}/blobs/{digest}",
            ["GET", "HEAD"],
            (HttpContext context, string digest) => Blob(context, digest, "application/octet-stream")
        );
    }

    /// <summary>Host and port.</summary>
    public string Host => new Uri(app.Urls.First()).Authority;

    /// <param name="login">User and password that are asked for, joined by a colon; null lets everybody in.</param>
    /// <param name="delay">How long it thinks about each manifest.</param>
    public static async Task<LoopbackRegistry> StartAsync(string? login = null, TimeSpan delay = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var registry = new LoopbackRegistry(builder.Build(), login, delay);
        await registry.app.StartAsync();
        return registry;
    }

    /// <summary>Puts an image of one file there, under a tag that may have named another one before.</summary>
    /// <returns>Its digest.</returns>
    public string Push(string tag, string text)
    {
        var tar = TarOf(text);
        var layer = Zipped(tar);
        var config = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                architecture = "amd64",
                os = "linux",
                config = new { Labels = new Dictionary<string, string> { ["verification.test"] = "registry" } },
                rootfs = new { type = "layers", diff_ids = new[] { DigestOf(tar) } },
            }
        );
        object Part(string type, byte[] bytes) =>
            new
            {
                mediaType = type,
                size = bytes.Length,
                digest = Keep(bytes),
            };
        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                schemaVersion = 2,
                mediaType = ManifestType,
                config = Part("application/vnd.docker.container.image.v1+json", config),
                layers = new[] { Part("application/vnd.docker.image.rootfs.diff.tar.gzip", layer) },
            }
        );
        return tags[tag] = Keep(manifest);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private static byte[] TarOf(string text)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
            writer.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, "text") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) }
            );
        return tar.ToArray();
    }

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(bytes);
        return zipped.ToArray();
    }

    private string Keep(byte[] bytes)
    {
        var digest = DigestOf(bytes);
        content[digest] = bytes;
        return digest;
    }

    private IResult Blob(HttpContext context, string digest, string type)
    {
        if (!content.TryGetValue(digest, out var bytes))
            return Results.NotFound();
        context.Response.Headers["Docker-Content-Digest"] = digest;
        return Results.Bytes(bytes, type);
    }
}
