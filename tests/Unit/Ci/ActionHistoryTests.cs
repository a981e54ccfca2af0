using CliWrap;
using CliWrap.Buffered;
using Verification.Stack;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Ci;

/// <summary>A runner unpacks the action for a job of another repository without its history, and the action gets that.</summary>
public sealed class ActionHistoryTests : IDisposable
{
    private const string Repository = "team/verification";
    private const string Token = "t0k3n-of-the-job";
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private string Origin => Path.Combine(folder.Path, Repository);

    private string Unpacked => Path.Combine(folder.Path, "unpacked");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("v1")]
    [InlineData("main")]
    [InlineData("HEAD")]
    public async Task It_has_all_that_was_ever_committed_and_differs_in_nothing(string name)
    {
        await PublishAsync();
        var commit = await GitAsync(Origin, "rev-parse", $"{name}^{{commit}}");
        await UnpackAsync(commit);

        var (code, said) = await RunAsync(name == "HEAD" ? commit : name);

        Assert.True(code == 0, said);
        Assert.Equal(commit, await GitAsync(Unpacked, "rev-parse", "HEAD"));
        Assert.Equal("", await GitAsync(Unpacked, "status", "--porcelain"));
        Assert.Equal("false", await GitAsync(Unpacked, "rev-parse", "--is-shallow-repository"));
        Assert.Equal("4", await GitAsync(Unpacked, "rev-list", "--all", "--count"));
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(Unpacked, ".git"), "*", SearchOption.AllDirectories),
            file =>
            {
                Assert.DoesNotContain(Token, File.ReadAllText(file), StringComparison.Ordinal);
                Assert.DoesNotContain("Authorization", File.ReadAllText(file), StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task Where_it_can_not_be_had_that_is_told_and_no_part_of_it_stays()
    {
        Directory.CreateDirectory(Unpacked);

        var (code, said) = await RunAsync("v1");

        Assert.Equal(0, code);
        Assert.Contains(
            "::warning::the history of team/verification can't be had: secrets.never-committed is UNKNOWN",
            said,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(Unpacked));
    }

    [Fact]
    public async Task A_checkout_stays_as_it_is()
    {
        await PublishAsync();
        folder.File("unpacked/.git/HEAD", "as it was");

        Assert.Equal(0, (await RunAsync("v1")).Code);

        Assert.Equal("as it was", await File.ReadAllTextAsync(Path.Combine(Unpacked, ".git", "HEAD"), Ended));
    }

    /// <summary>Two commits of main with a tag upon the first, one that only another branch has, and one that only a tag has.</summary>
    private async Task PublishAsync()
    {
        Directory.CreateDirectory(Origin);
        await GitAsync(Origin, "init", "--quiet", "--initial-branch", "main");
        await CommitAsync("1");
        await GitAsync(Origin, "tag", "v1");
        await GitAsync(Origin, "switch", "--quiet", "--create", "other");
        await CommitAsync("2");
        await GitAsync(Origin, "switch", "--quiet", "--detach", "v1");
        await CommitAsync("3");
        await GitAsync(Origin, "tag", "v0");
        await GitAsync(Origin, "switch", "--quiet", "main");
        await CommitAsync("4");
    }

    private async Task CommitAsync(string content)
    {
        folder.File($"{Repository}/a", content);
        await GitAsync(Origin, "add", "a");
        await GitAsync(Origin, "-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "--quiet", "-m", "a");
    }

    private async Task UnpackAsync(string commit)
    {
        Directory.CreateDirectory(Unpacked);
        var archive = Path.Combine(folder.Path, "archive.tar");
        await GitAsync(Origin, "archive", "--output", archive, commit);
        await Cli.Wrap("tar").WithArguments(["-xf", archive, "-C", Unpacked]).ExecuteAsync(Ended);
    }

    private async Task<(int Code, string Said)> RunAsync(string reference)
    {
        var step = CiScript.OfAction(new Dictionary<string, string>()).Single(script => script.Environment.ContainsKey("REPOSITORY"));
        var run = await Cli.Wrap("bash")
            .WithArguments(["--noprofile", "--norc", "-eo", "pipefail", "-c", step.Text])
            .WithWorkingDirectory(Unpacked)
            .WithEnvironmentVariables(variables =>
                variables
                    .Set("REPOSITORY", Repository)
                    .Set("REF", reference)
                    .Set("TOKEN", Token)
                    .Set("GITHUB_SERVER_URL", $"file://{folder.Path}")
            )
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Ended);
        return (run.ExitCode, run.StandardOutput);
    }

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        var done = await Git.In(folder, arguments).ExecuteBufferedAsync(Ended);
        Assert.True(done.IsSuccess, done.StandardError);
        return done.StandardOutput.Trim();
    }
}
