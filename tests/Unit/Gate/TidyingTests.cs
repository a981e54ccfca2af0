using Verification.Gate.Progress;
using Verification.Gate.Runs;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class TidyingTests
{
    [Fact]
    public async Task What_can_not_be_removed_is_told_with_what_to_do_and_takes_nothing_away()
    {
        using var told = new StringWriter();
        var tidying = new Tidying(new ProgressLines(Consoles.Of(told, redirected: true), TimeProvider.System));

        await tidying.TryAsync(
            () => Task.FromException(new HttpRequestException("Connection failed", new IOException("no such socket"))),
            "end run x"
        );

        Assert.Contains("could not end run x: no such socket. What was measured is judged all the same; ", told.ToString());
        Assert.Contains("./verify sweep", told.ToString());
    }

    [Fact]
    public async Task What_can_is_not_spoken_of()
    {
        using var told = new StringWriter();
        var done = false;

        await new Tidying(new ProgressLines(Consoles.Of(told, redirected: true), TimeProvider.System)).TryAsync(
            () => Task.FromResult(done = true),
            "end run x"
        );

        Assert.True(done);
        Assert.Empty(told.ToString());
    }
}
