using System.Net;
using System.Security.Cryptography;
using System.Text;
using Verification.Stack.Images.Debian;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class PackageCacheTests : IDisposable
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("a package");
    private readonly string folder = Directory.CreateTempSubdirectory("debs-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_package_with_the_right_hash_is_kept_and_downloaded_once()
    {
        using var server = new Server();
        var package = Package(Convert.ToHexStringLower(SHA256.HashData(Body)));

        using (var cache = new PackageCache(folder, null, server))
            await cache.FetchAsync(package, TestContext.Current.CancellationToken);
        using var second = new PackageCache(folder, null, server);
        var file = await second.FetchAsync(package, TestContext.Current.CancellationToken);

        Assert.Equal(Body, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_package_with_another_hash_is_refused_by_name_and_not_kept()
    {
        using var server = new Server();
        using var cache = new PackageCache(folder, null, server);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            cache.FetchAsync(Package(new string('0', 64)), TestContext.Current.CancellationToken)
        );

        Assert.Contains("redis-server", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public async Task A_kept_package_that_was_damaged_is_downloaded_again()
    {
        using var server = new Server();
        var package = Package(Convert.ToHexStringLower(SHA256.HashData(Body)));
        await File.WriteAllTextAsync(Path.Combine(folder, package.Sha256 + ".deb"), "damaged", TestContext.Current.CancellationToken);
        using var cache = new PackageCache(folder, null, server);

        var file = await cache.FetchAsync(package, TestContext.Current.CancellationToken);

        Assert.Equal(Body, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    private static DebianPackage Package(string hash) =>
        new("redis-server", "8", new Uri("http://mirror.test/redis.deb"), hash, Body.Length);

    private sealed class Server : HttpMessageHandler
    {
        private int requests;

        public int Requests => requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref requests);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Body) });
        }
    }
}
