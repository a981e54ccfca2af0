using CliWrap.Buffered;
using Verification.Infrastructure.Leaks;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Sessions;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

/// <summary>The search for secrets, by gitleaks itself where it can be had, with the project's configuration.</summary>
public sealed class LeakSearchTests : IDisposable
{
    private readonly TemporaryFolder searched = new();
    private readonly TemporaryFolder run = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private string Copy => Path.Combine(run.Path, "copy.git");

    public void Dispose()
    {
        searched.Dispose();
        run.Dispose();
    }

    [Fact]
    public async Task A_secret_is_told_with_its_place_and_what_was_planted_is_neither_told_nor_left()
    {
        searched.File("logs/server.log", $"started\n{PlantedSecret.Line()}");
        searched.File("state.json", "{}");

        var search = await FolderSearch.SearchAsync(Program(), searched.Path, Ended);

        Assert.Equal(["logs/server.log:2 has what looks like a secret (github-pat)"], search.Leaks.Select(leak => $"{leak}"));
        Assert.Equal((2, 0), (search.Searched, search.Missed.Count));
        Assert.Equal(2, Directory.EnumerateFiles(searched.Path, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task What_the_search_says_holds_no_secret()
    {
        var secret = PlantedSecret.Line();
        searched.File("state.json", secret);

        await FolderSearch.SearchAsync(Program(), searched.Path, Ended);

        Assert.All(
            Directory.EnumerateFiles(new RunFolder(run.Path).Logs),
            file => Assert.DoesNotContain(secret.Trim()[^36..], File.ReadAllText(file))
        );
    }

    [Fact]
    public async Task A_search_that_misses_what_was_planted_says_nothing()
    {
        searched.File("server.log", "started");
        var blind = run.File("blind.toml", "[extend]\nuseDefault = true\n[[allowlists]]\ndescription = 'all'\npaths = ['''.*''']\n");

        var search = await FolderSearch.SearchAsync(Program(blind), searched.Path, Ended);

        var measured = search.ToMeasurement("secrets.unleaked", "logs");
        Assert.Equal((null, "logs"), (measured.Value, measured.Phase));
        Assert.Equal("gitleaks did not find the secret that was planted as planted-for-the-search.log", measured.Diagnosis);
    }

    [Fact]
    public async Task A_configuration_that_is_not_there_ends_the_search()
    {
        searched.File("server.log", "started");

        var unknown = await Assert.ThrowsAsync<LeaksUnknownException>(() =>
            FolderSearch.SearchAsync(Program(Path.Combine(run.Path, "none.toml")), searched.Path, Ended)
        );

        Assert.Contains("ended with exit code 1, and searched nothing: see ", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(["server.log"], Directory.EnumerateFiles(searched.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("tests/Unit/Images/Registries/RegistryClientTests.cs")]
    [InlineData("tests/Unit/Infrastructure/SecretSearchTests.cs")]
    public async Task A_file_that_holds_an_excused_word_is_searched_for_all_others(string file)
    {
        await CommitAsync(file, PlantedSecret.Line());

        var search = await HistorySearch.SearchAsync(Program(), searched.Path, Copy, Ended);

        Assert.Equal(file, Assert.Single(search.Leaks).File);
    }

    [Fact]
    public async Task A_secret_that_a_commit_has_taken_away_is_still_told()
    {
        await CommitAsync("values.yaml", PlantedSecret.Line());
        var commit = await GitAsync("rev-parse", "HEAD");
        await CommitAsync("values.yaml", "token: none\n");

        var search = await HistorySearch.SearchAsync(Program(), searched.Path, Copy, Ended);

        Assert.Equal([("values.yaml", commit)], search.Leaks.Select(leak => (leak.File, leak.Commit)));
        Assert.Equal((2, 0), (search.Searched, search.Missed.Count));
        Assert.False(Directory.Exists(Copy));
    }

    [Fact]
    public async Task Of_a_checkout_without_its_beginning_nothing_is_known()
    {
        await CommitAsync("a", "1\n");
        await CommitAsync("a", "2\n");
        await GitAsync("clone", "--quiet", "--depth", "1", $"file://{searched.Path}", Path.Combine(searched.Path, "shallow"));

        var unknown = await Assert.ThrowsAsync<LeaksUnknownException>(() =>
            HistorySearch.SearchAsync(Program(), Path.Combine(searched.Path, "shallow"), Copy, Ended)
        );

        Assert.EndsWith(
            "has only the end of its history: fetch all of it (git fetch --unshallow; fetch-depth: 0)",
            unknown.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_no_checkout_has_no_history()
    {
        var unknown = await Assert.ThrowsAsync<LeaksUnknownException>(() =>
            HistorySearch.SearchAsync(Program(), searched.Path, Copy, Ended)
        );

        Assert.Equal($"{searched.Path} is no checkout of git: of what was committed nothing is known", unknown.Message);
    }

    private Gitleaks Program(string? configuration = null)
    {
        if (ProgramPlaces.Of("gitleaks") is not [var program, ..])
        {
            Lack.Of(
                $"the program gitleaks is in no folder of {ProgramPlaces.Looked()}: let ./verify tools get it",
                VerifyVariables.FirstSet(VerifyVariables.Tools)
            );
            throw new System.Diagnostics.UnreachableException();
        }

        return new Gitleaks(
            program,
            new RunFolder(run.Path),
            configuration ?? Path.Combine(ProjectRoot.Find().Path, Gitleaks.Configuration)
        );
    }

    private async Task CommitAsync(string file, string content)
    {
        if (!Directory.Exists(Path.Combine(searched.Path, ".git")))
            await GitAsync("init", "--quiet");
        searched.File(file, content);
        await GitAsync("add", file);
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "--quiet", "-m", "a");
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        var done = await Git.In(searched.Path, arguments).ExecuteBufferedAsync(Ended);
        Assert.True(done.IsSuccess, done.StandardError);
        return done.StandardOutput.Trim();
    }
}
