using Verification.Gate.Commands;
using Verification.Gate.Endings;
using Verification.Gate.Progress;
using Verification.Gate.Runs;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class OutputFolderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 15, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    private string Out => Path.Combine(folder.Path, "out");

    private string MissingFile => Path.Combine(Out, OutputFolder.Missing);

    [Fact]
    public void While_a_gate_runs_its_folder_says_that_there_is_no_verdict()
    {
        OutputFolder.Open(Out, Now);

        Assert.Equal(
            "There is no verdict. The gate that began at 2026-11-26 15:00:00 UTC has not ended, or was killed.\n",
            File.ReadAllText(MissingFile)
        );
        Assert.StartsWith("# No verdict", File.ReadAllText(Path.Combine(Out, "summary.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_takes_away_what_an_earlier_one_has_published_and_nothing_else()
    {
        folder.File("out/foreign.trx", "");
        folder.File("out/notes.txt", "");
        OutputFolder
            .Open(Out, Now)
            .Publish([
                folder.File("run/verdict.json", "{}"),
                folder.File("run/junit.xml", ""),
                folder.File("run/tests/integration.trx", ""),
            ]);
        Assert.False(File.Exists(MissingFile));

        OutputFolder.Open(Out, Now);

        Assert.Equal(["foreign.trx", "notes.txt", "summary.md", OutputFolder.Missing], Names());
    }

    [Fact]
    public void What_was_published_without_a_list_goes_too()
    {
        foreach (var name in new[] { "verdict.json", "junit.xml", "report.html", "summary.md" })
            folder.File($"out/{name}", "PASS");

        OutputFolder.Open(Out, Now);

        Assert.Equal(["summary.md", OutputFolder.Missing], Names());
    }

    [Fact]
    public void A_list_that_names_other_folders_takes_nothing_from_them()
    {
        var outside = folder.File("outside.txt", "");
        folder.File("out/.verification-files", "../outside.txt\n/etc/nothing\n..\n");

        OutputFolder.Open(Out, Now);

        Assert.True(File.Exists(outside));
    }

    [Fact]
    public void A_gate_without_a_verdict_leaves_why_and_its_exit_code()
    {
        OutputFolder.Open(Out, Now).Withdraw(new Ending(4, "No Docker engine answers."));

        Assert.Equal(
            "There is no verdict. No Docker engine answers.\nExit code 4: this machine can't run it.\n",
            File.ReadAllText(MissingFile)
        );
        Assert.Contains("No Docker engine answers.", File.ReadAllText(Path.Combine(Out, "summary.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_that_fails_leaves_no_part_of_a_verdict()
    {
        var verdict = folder.File("run/verdict.json", "{}");
        var output = OutputFolder.Open(Out, Now);

        Assert.ThrowsAny<IOException>(() => output.Publish([verdict, Path.Combine(folder.Path, "run", "gone.xml")]));

        Assert.Equal(["summary.md", OutputFolder.Missing], Names());
        Assert.Contains("The reports could not be copied here", File.ReadAllText(MissingFile), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cannot_be_the_folder() =>
        Assert.Contains(
            "a file of that name is there. Name a folder.",
            Assert.Throws<UsageException>(() => OutputFolder.Open(folder.File("out", ""), Now)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("/proc/nowhere")]
    [InlineData("/dev/null/out")]
    public void What_cannot_be_written_is_refused_before_anything_is_measured(string path) =>
        Assert.Contains(
            $"--output {path}: it can't be written (",
            Assert.Throws<UsageException>(() => OutputFolder.Open(path, Now)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_folder_of_a_run_is_never_emptied()
    {
        var record = folder.File("out/run.json", "{}");

        Assert.Contains(
            "the folder of a run",
            Assert.Throws<UsageException>(() => OutputFolder.Open(Out, Now)).Message,
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(record));
    }

    [Theory]
    [InlineData("gate --output OUT --profil pr", 2, "unknown option --profil")]
    [InlineData("gate --output=OUT --broker artmis", 2, "--broker artmis: expected artemis or classic")]
    [InlineData("gate --gates GATES --output OUT", 2, "unknown key 'banana'")]
    public async Task A_gate_that_ends_early_leaves_no_older_verdict(string line, int code, string why)
    {
        folder.File("out/verdict.json", "PASS");
        var gates = folder.File("gates.yaml", "schema: 1\nbanana: 1\n");
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(
            code,
            await new CommandLine(output, errors, TimeProvider.System).RunAsync(
                line.Replace("OUT", Out, StringComparison.Ordinal).Replace("GATES", gates, StringComparison.Ordinal).Split(' ')
            )
        );

        Assert.False(File.Exists(Path.Combine(Out, "verdict.json")));
        Assert.Contains(why, File.ReadAllText(MissingFile), StringComparison.Ordinal);
        Assert.Contains($"Exit code {code}", File.ReadAllText(MissingFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_command_leaves_it_alone()
    {
        var kept = folder.File("out/verdict.json", "PASS");
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(2, await new CommandLine(output, errors, TimeProvider.System).RunAsync(["judge", "last", "--output", Out]));

        Assert.True(File.Exists(kept));
    }

    [Fact]
    public void The_verdict_is_told_whatever_becomes_of_its_reports()
    {
        using var heard = new StringWriter();
        var run = FixtureRuns.Copy("pass", Path.Combine(folder.Path, "run"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "run", "report.html"));

        Reports.Publish(run, key: null, copyTo: null, new ProgressLines(Consoles.Of(heard, redirected: true), TimeProvider.System));

        Assert.Contains("PASS", heard.ToString(), StringComparison.Ordinal);
        Assert.Contains("a report could not be written", heard.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(run.Folder.Verdict));
    }

    [Fact]
    public void The_verdict_is_told_also_where_it_cannot_be_stored()
    {
        using var heard = new StringWriter();
        var run = FixtureRuns.Copy("pass", Path.Combine(folder.Path, "run"));
        File.Delete(run.Folder.Verdict);
        Directory.CreateDirectory(run.Folder.Verdict);

        Assert.ThrowsAny<Exception>(() =>
            Reports.Publish(run, key: null, copyTo: null, new ProgressLines(Consoles.Of(heard, redirected: true), TimeProvider.System))
        );

        Assert.Contains("PASS", heard.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Out).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
