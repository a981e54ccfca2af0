using Verification.Gate.Tools;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Tools;

public sealed class ResumingDownloadTests : IAsyncDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(number => (byte)number)];
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();
    private readonly ReleaseServer server = new();

    private Uri Address => new($"{server.Address}/file");

    private string Part => Path.Combine(folder.Path, "part");

    public ResumingDownloadTests() => server.Publish("file", Content);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        http.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_server_that_says_nothing_more_is_given_up_and_what_has_come_stays()
    {
        server.Hangs = true;
        foreach (var bytes in new[] { 50_000, 0, 0, 0 })
            server.Breaks.Enqueue(bytes);

        var failure = await Assert.ThrowsAsync<ToolException>(() =>
            new ResumingDownload(http, TimeSpan.FromMilliseconds(300)).ToFileAsync(Address, Part, TestContext.Current.CancellationToken)
        );

        Assert.Equal(
            $"{Address} breaks off after 50,000 bytes (nothing came for 0.3 s); the next call goes on from there",
            failure.Message
        );
        Assert.Equal(Content[..50_000], File.ReadAllBytes(Part));
    }

    [Fact]
    public async Task What_has_come_whole_is_not_sent_again()
    {
        File.WriteAllBytes(Part, Content);

        await new ResumingDownload(http, TimeSpan.FromSeconds(20)).ToFileAsync(Address, Part, TestContext.Current.CancellationToken);

        Assert.Equal([$"/file from {Content.Length}"], server.Asked);
        Assert.Equal(Content, File.ReadAllBytes(Part));
    }

    [Fact]
    public async Task A_part_that_is_larger_than_the_file_is_none_of_it()
    {
        File.WriteAllBytes(Part, [.. Content, 1]);

        await new ResumingDownload(http, TimeSpan.FromSeconds(20)).ToFileAsync(Address, Part, TestContext.Current.CancellationToken);

        Assert.Equal([$"/file from {Content.Length + 1}", "/file"], server.Asked);
        Assert.Equal(Content, File.ReadAllBytes(Part));
    }

    [Fact]
    public async Task Who_ends_it_gets_no_reason_of_the_server()
    {
        server.Hangs = true;
        server.Breaks.Enqueue(50_000);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var download = new ResumingDownload(http, TimeSpan.FromSeconds(20)).ToFileAsync(Address, Part, ended.Token);
        await server.AskedAsync("/file", TestContext.Current.CancellationToken);

        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
    }
}
