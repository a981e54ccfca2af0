using Microsoft.Extensions.Time.Testing;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class SourceDateTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_image_bears_the_time_of_the_last_commit_that_changed_what_it_is_made_of()
    {
        await GitAsync("init", "--quiet");
        await CommitAsync("server/Program.cs", "2026-01-01T00:00:00Z");
        await CommitAsync("docs/server.md", "2026-02-02T00:00:00Z");

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), await OfAsync("server"));
        Assert.Equal(new DateTimeOffset(2026, 2, 2, 0, 0, 0, TimeSpan.Zero), await OfAsync("server", "docs"));
    }

    [Fact]
    public async Task What_no_commit_dates_is_as_old_as_its_making()
    {
        folder.File("server/Program.cs", "x");
        Assert.Equal(Now, await OfAsync("server"));

        await GitAsync("init", "--quiet");
        Assert.Equal(Now, await OfAsync("server"));
    }

    [Fact]
    public async Task The_environment_says_it_before_the_checkout()
    {
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), await OfAsync("1700000000", ["server"]));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("99999999999999")]
    public async Task A_time_that_is_none_is_told(string given)
    {
        var error = await Assert.ThrowsAsync<FormatException>(() => OfAsync(given, ["server"]));

        Assert.Equal(
            $"SOURCE_DATE_EPOCH is '{given}'; expected the seconds since 1970, as git log -1 --format=%ct prints them.",
            error.Message
        );
    }

    private Task<DateTimeOffset> OfAsync(params IReadOnlyList<string> sources) => OfAsync(given: null, sources);

    private Task<DateTimeOffset> OfAsync(string? given, IReadOnlyList<string> sources) =>
        SourceDate.OfAsync(
            given,
            new ProjectRoot(folder.Path),
            [.. sources.Select(source => Path.Combine(folder.Path, source))],
            new FakeTimeProvider(Now),
            TestContext.Current.CancellationToken
        );

    private async Task CommitAsync(string file, string time)
    {
        folder.File(file, time);
        await GitAsync("add", ".");
        await Git.In(
                folder.Path,
                ["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", file],
                ("GIT_AUTHOR_DATE", time),
                ("GIT_COMMITTER_DATE", time)
            )
            .ExecuteAsync(TestContext.Current.CancellationToken);
    }

    private Task GitAsync(params IReadOnlyList<string> arguments) =>
        Git.In(folder.Path, arguments).ExecuteAsync(TestContext.Current.CancellationToken).Task;
}
