using Verification.Gate.Commands;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack.Runs;
using Xunit;

namespace Verification.Tests.Unit.Gate;

/// <summary>What <c>judge</c> and <c>report</c> leave of a stored run.</summary>
public sealed class StoredRunTests : IDisposable
{
    private const string Strict =
        "schema: 1\nobjectives: {cache.hit: {promise: p, unit: answers, comparison: at-most, limit: 0, minObservations: 5}}\n"
        + "profiles: {pr: {limit: 1 s, suites: {integration: {budget: 1 s}}, required: [cache.hit]}}\nwaivers: []\n";

    private static readonly string Loose = Strict.Replace("limit: 0,", "limit: 9,", StringComparison.Ordinal);
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private readonly RunFolder run;

    public StoredRunTests() => run = FixtureRuns.Copy("pass", folder.Path).Folder;

    [Fact]
    public async Task What_is_judged_under_the_objectives_of_the_run_replaces_its_verdict_and_names_its_place()
    {
        MadeWith(Strict);

        Assert.Equal(3, await RunAsync("judge", run.Path));

        Assert.Equal(["cache.hit"], RunDocuments.ReadVerdict(run).Objectives.Select(each => each.Objective.Id));
        Assert.Contains($"verdict  {run.Verdict}", output.ToString());
    }

    [Fact]
    public async Task What_is_judged_under_others_is_told_and_replaces_nothing()
    {
        MadeWith(Strict);
        var before = await File.ReadAllTextAsync(run.Verdict, TestContext.Current.CancellationToken);

        await RunAsync("judge", run.Path, "--gates", folder.File("other.yaml", Loose));

        Assert.Equal(before, await File.ReadAllTextAsync(run.Verdict, TestContext.Current.CancellationToken));
        Assert.Contains("other.yaml, which is not what the run was made with: told only", output.ToString());
        Assert.DoesNotContain(run.Verdict, output.ToString());
        Assert.DoesNotContain(run.Report, output.ToString());
        Assert.False(File.Exists(run.Report));
    }

    [Fact]
    public async Task A_run_whose_objectives_were_not_kept_is_not_judged_anew_under_those_of_today()
    {
        var before = await File.ReadAllTextAsync(run.Verdict, TestContext.Current.CancellationToken);

        await RunAsync("judge", run.Path);

        Assert.Equal(before, await File.ReadAllTextAsync(run.Verdict, TestContext.Current.CancellationToken));
        Assert.Contains("which is not what the run was made with: told only", output.ToString());
    }

    [Fact]
    public async Task A_test_that_its_own_limit_has_failed_says_nothing_against_another_limit()
    {
        MadeWith(
            Strict,
            record =>
                record with
                {
                    Tests =
                    [
                        new TestRecord("A.B", record.Stages[0].Name, TestOutcome.Failed, 1, ["cache.hit"], "cache.hit: FAIL, 7 answers"),
                    ],
                }
        );
        File.WriteAllText(
            run.Evidence,
            """{"objective":"cache.hit","dimensions":{},"value":7,"unit":"answers","observations":20,"outcome":"measured","test":"A.B","at":"2026-11-24T08:31:00Z","files":[]}"""
                + "\n"
        );

        Assert.Equal(1, await RunAsync("judge", run.Path));
        Assert.Equal(0, await RunAsync("judge", run.Path, "--gates", folder.File("other.yaml", Loose)));

        Assert.DoesNotContain("without failing evidence", output.ToString());
    }

    [Theory]
    [InlineData("judge")]
    [InlineData("report")]
    public async Task Nothing_is_written_into_the_folder_of_a_run_that_lives(string command)
    {
        using var lives = HeldFile.TryTake(run.Lock);

        Assert.Equal(2, await RunAsync(command, run.Path));

        Assert.Equal(
            $"verify: run {run.Id} is still running: it is judged, and its reports are written, when it ends. Wait for it, or name another run.\n",
            errors.ToString()
        );
        Assert.False(File.Exists(run.Report));
    }

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    private void MadeWith(string gates, Func<RunRecord, RunRecord>? change = null)
    {
        var kept = folder.File(Path.GetFileName(run.Gates), gates);
        var record = RunDocuments.ReadRecord(run) with { GatesSha256 = GatesFile.Read(kept).Sha256 };
        RunDocuments.Write(run, change?.Invoke(record) ?? record);
    }

    private Task<int> RunAsync(params string[] arguments) => new CommandLine(output, errors, TimeProvider.System).RunAsync(arguments);
}
