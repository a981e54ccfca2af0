using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using Verification.Stack.Images.Services;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class ServicePublisherTests : IDisposable
{
    private const string Dashboard = "services/Dashboard/Dashboard.csproj";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Two_checkouts_of_one_commit_publish_the_same_files_wherever_they_lie()
    {
        var first = await PublishedAsync("first");
        var second = await PublishedAsync("second, at = 100%; elsewhere");

        Assert.Contains("Dashboard.dll", first.Keys);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task What_a_service_runs_is_compiled_ahead()
    {
        var copy = CopiedServices.To(Path.Combine(folder.Path, "checkout"));
        var published = await ServicePublisher.PublishAsync(
            copy,
            [Dashboard],
            Path.Combine(folder.Path, "published"),
            TestContext.Current.CancellationToken
        );

        Assert.All(
            (string[])["Dashboard.dll", "Verification.Stomp.dll", "Prometheus.NetStandard.dll"],
            file =>
            {
                using var code = new PEReader(File.OpenRead(Path.Combine(published[Dashboard], file)));
                Assert.True(code.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{file} is compiled at its first call.");
            }
        );
    }

    /// <returns>The SHA-256 of each file that a copy of the services gives.</returns>
    private async Task<SortedDictionary<string, string>> PublishedAsync(string checkout)
    {
        var copy = CopiedServices.To(Path.Combine(folder.Path, checkout));
        var published = await ServicePublisher.PublishAsync(
            copy,
            [Dashboard],
            Path.Combine(folder.Path, $"published-{checkout.Length}"),
            TestContext.Current.CancellationToken
        );
        return new SortedDictionary<string, string>(
            Directory
                .EnumerateFiles(published[Dashboard], "*", SearchOption.AllDirectories)
                .ToDictionary(
                    file => Path.GetRelativePath(published[Dashboard], file),
                    file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))
                ),
            StringComparer.Ordinal
        );
    }
}
