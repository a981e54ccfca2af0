using CliWrap.Buffered;
using Verification.Gate.Runs;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class CheckoutTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_commit_is_named_and_what_differs_from_it_is_told()
    {
        await GitAsync("init", "--quiet");
        folder.File("a", "1");
        await GitAsync("add", "a");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "--quiet", "-m", "a");

        var commit = await Checkout.CommitAsync(folder.Path, Cancellation);
        folder.File("a", "2");

        Assert.Matches("^[0-9a-f]{40}$", commit);
        Assert.Equal($"{commit}-dirty", await Checkout.CommitAsync(folder.Path, Cancellation));
    }

    [Fact]
    public async Task Outside_a_repository_there_is_none() => Assert.Null(await Checkout.CommitAsync(folder.Path, Cancellation));

    [Theory]
    [InlineData("GIT_DIR")]
    [InlineData("GIT_WORK_TREE")]
    [InlineData("GIT_INDEX_FILE")]
    public void The_repository_that_a_hook_is_of_is_not_the_one_that_is_asked(string variable) =>
        Assert.Null(Git.In(folder.Path, ["status"]).EnvironmentVariables[variable]);

    private async Task GitAsync(params string[] arguments)
    {
        var done = await Git.In(folder.Path, arguments).ExecuteBufferedAsync(Cancellation);
        Assert.True(done.IsSuccess, done.StandardError);
    }
}
