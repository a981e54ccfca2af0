using Verification.Gate.Commands;
using Verification.Gate.Judging;
using Verification.Gate.Runs;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("gate --profil pr", "unknown option --profil of 'verify gate'. Did you mean --profile?")]
    [InlineData("gaet", "unknown command gaet. Did you mean gate?")]
    [InlineData("load writs", "there is no load scenario writs. Did you mean writes? There are live-event, event, writes,")]
    [InlineData("load --stack nope.json", "--stack nope.json")]
    [InlineData("load --duration 30", "--duration 30: '30' is no duration; expected for example '500 ms', '120 s'")]
    [InlineData("load --duration 1-h", "--duration 1-h: '1-h' is no duration")]
    [InlineData("load --duration 6min", "--duration 6min: a load lasts from 1 s to 5 min.")]
    [InlineData("load --duration 500ms", "--duration 500ms: a load lasts from 1 s to 5 min.")]
    [InlineData(
        "load writes --duration 2s",
        "so short or so light a load decides nothing: load-writes.success has 100 observations at most and needs 1500 (--duration 30s at this rate); load-writes.latency"
    )]
    [InlineData("load --rate 0", "--rate 0: expected a whole number of requests a second, from 1 to 100000")]
    [InlineData("load --rate fast", "--rate fast: expected a whole number of requests a second, from 1 to 100000")]
    [InlineData("gate --only ,", "--only '': no objective is named")]
    [InlineData("gate --yes", "--yes without --stack: ")]
    [InlineData("gate --read-only", "--read-only without --stack: ")]
    [InlineData("gate --gates /", "--gates /: this is a folder")]
    [InlineData("gate --broker artmis", "--broker artmis: expected artemis or classic. Did you mean artemis?")]
    [InlineData("gate --gates nope.yaml", "--gates nope.yaml: there is no such file")]
    [InlineData("gate --image server=x:1 server=x:2", "--image server: two images are named. Name one.")]
    [InlineData("gate --image servr=x", "there is no component servr")]
    [InlineData("gate --previous broker=x:1", "--previous broker=x:1: there is no component broker; there are dashboard, server")]
    [InlineData("gate --previous server", "--previous server: expected SERVICE=IMAGE")]
    [InlineData("up --port-server 70000", "expected a port from 1 to 65535")]
    [InlineData("admit --max-age 12", "--max-age 12: '12' is no duration; expected for example '500 ms', '120 s'")]
    [InlineData("admit --max-age 99999999d", "--max-age 99999999d: '99999999d' is longer than any duration can be.")]
    [InlineData("admit nope.json", "there is no verdict nope.json")]
    [InlineData("admit --runs nope", "--runs nope: there is no such folder")]
    [InlineData("admit --deployed nope.yaml", "--deployed nope.yaml: there is no such file")]
    [InlineData("admit --require weekly", "--require weekly: expected pr, nightly, release: the least profile whose verdict admits.")]
    [InlineData(
        "admit --override ana",
        "--override needs --history: what is let through without a verdict is recorded, or is not let through."
    )]
    [InlineData(
        "admit --deployed README.md --history --context C",
        "--history needs --namespace: what is recorded is what a file deploys, to a cluster and a namespace that are named."
    )]
    [InlineData(
        "admit --deployed README.md --key README.md --environment production --record --context C --namespace N",
        "--record needs --require: "
    )]
    [InlineData(
        "admit --deployed README.md --key README.md --require release --record --context C --namespace N",
        "--record needs --environment: what is recorded is what a file deploys, by a signed verdict of a profile and an environment that are named"
    )]
    [InlineData("admit --enforced", "--enforced needs --history: --record looks by itself whether the cluster demands verdicts.")]
    [InlineData("admit --context C", "--context says where --record and --history write: name one of those, too, or leave it out.")]
    [InlineData("history --cluster --context C", "--cluster needs --namespace: whichever is current might not be the one that is meant.")]
    [InlineData("history --context C", "--context says where --cluster looks: name that, too, or leave it out.")]
    [InlineData(
        "history --cluster --context C --namespace N --objective queue.kept",
        "--objective is about the objectives of runs, and --cluster tells releases: leave one out."
    )]
    [InlineData("admit --deployed README.md --runs .", "--deployed takes its verdicts from the registry: leave out VERDICT and --runs.")]
    [InlineData("publish", "--registry")]
    [InlineData(
        "publish --registry team",
        "--registry team: it names no host. Expected one, perhaps with a port and a path, such as registry.example/team."
    )]
    [InlineData("publish --registry https://registry.example", "--registry https://registry.example: ")]
    [InlineData(
        "publish --registry registry.example --environment producton",
        "--environment producton: there is no such environment; there are local, managed, production, staging. Did you mean production?"
    )]
    [InlineData("publish no-such-run --registry registry.example", "there is no run no-such-run")]
    [InlineData("history --registry team", "--registry team: it names no host")]
    [InlineData("history --last 0", "--last 0: expected a whole number of runs, from 1")]
    [InlineData("history --objective no.such", "--objective no.such: none of")]
    [InlineData("bench boat", "there is no bench boat")]
    [InlineData("drill dropped-tabel", "there is no drill dropped-tabel. Did you mean dropped-table?")]
    [InlineData("drill", "drill: name one or more of dropped-table")]
    [InlineData("drill latest --binlogs s3:http://h/b/binlogs --key env:K", "--base")]
    [InlineData(
        "drill latest --base /backup/base --binlogs s3:http://h/b/binlogs --key env:K",
        "--base /backup/base: expected a repository as restic names it, on an S3 target (s3:https://HOST/BUCKET/PATH)"
    )]
    [InlineData(
        "drill latest --base s3:http://h/b/base --binlogs s3:http://h/b/binlogs --key secret",
        "--key: expected env:NAME or file:PATH, so that the secret itself stands in no command line."
    )]
    [InlineData(
        "drill latest --base s3:http://h/b/base --binlogs s3:http://h/b/binlogs --key env:NO_SUCH_VARIABLE",
        "--key env:NO_SUCH_VARIABLE: it is empty or not set"
    )]
    [InlineData(
        "drill latest --base s3:http://h/b/base --binlogs s3:http://h/b/binlogs --key file:/no/such/file",
        "--key file:/no/such/file: it cannot be read"
    )]
    [InlineData("chaos broker-kil", "there is no scenario broker-kil. Did you mean broker-kill?")]
    [InlineData("chaos", "chaos: name one or more of broker-black-hole, broker-freeze")]
    [InlineData("chaos --all --repeat none", "--repeat none: expected a number of at least 1")]
    [InlineData("chaos --all --repeat 0", "--repeat 0: expected a number of at least 1")]
    [InlineData("chaos --all --until-fail --resume", "Add --repeat N, or leave --resume out.")]
    [InlineData("drill dropped-table --all", "drill: name one or more of dropped-table")]
    [InlineData("gate --broker artmis", "Did you mean artemis? See 'verify gate --help'.")]
    public async Task Wrong_use_is_one_message_that_names_the_thing_and_exit_code_2(string line, string message)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await new CommandLine(output, errors, TimeProvider.System).RunAsync(line.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains(message, errors.ToString());
        Assert.Single(errors.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_help_names_each_command_in_one_line_and_leaves_the_examples_to_them()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(0, await new CommandLine(output, errors, TimeProvider.System).RunAsync(["--help"]));

        Assert.StartsWith("Usage: ./verify COMMAND", output.ToString());
        Assert.DoesNotContain("Example", output.ToString());
        Assert.Single(output.ToString().Split('\n'), line => line.StartsWith("  gate ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gate")]
    [InlineData("test")]
    [InlineData("admit")]
    [InlineData("history")]
    [InlineData("up")]
    [InlineData("down")]
    [InlineData("sweep")]
    [InlineData("images")]
    [InlineData("doctor")]
    [InlineData("report")]
    [InlineData("judge")]
    [InlineData("mutants")]
    [InlineData("bench")]
    [InlineData("deploy")]
    [InlineData("tools")]
    public async Task Every_command_helps_with_an_example(string command)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(0, await new CommandLine(output, errors, TimeProvider.System).RunAsync([command, "--help"]));
        Assert.Contains($"./verify {command}", output.ToString());
        Assert.DoesNotContain(System.CommandLine.RootCommand.ExecutableName + " ", output.ToString());
    }

    [Fact]
    public void A_run_is_found_by_its_id_and_as_the_last_one_and_by_its_path()
    {
        using var runs = new TemporaryFolder();
        runs.File("20261124-083015-aaaa/run.json", "{}");
        runs.File("20261124-093015-bbbb/run.json", "{}");
        var older = Path.Combine(runs.Path, "20261124-083015-aaaa");

        Assert.Equal(older, RunLocator.Find(runs.Path, "20261124-083015-aaaa").Path);
        Assert.Equal(older, RunLocator.Find(runs.Path, older).Path);
        Assert.EndsWith("bbbb", RunLocator.Find(runs.Path, "last").Path);
    }

    [Fact]
    public void A_run_without_a_record_is_refused()
    {
        using var runs = new TemporaryFolder();
        runs.File("20261124-083015-aaaa/lock", "");

        Assert.Contains(
            "holds no run.json",
            Assert.Throws<UsageException>(() => RunLocator.Find(runs.Path, "20261124-083015-aaaa")).Message
        );
    }

    [Theory]
    [InlineData("--image", "server=demo/server:other", "--image together with --stack: what runs there is what ")]
    [InlineData("--broker", "classic", "--broker classic together with --stack: what runs there is what ")]
    public async Task What_contradicts_a_running_stack_is_refused(string option, string value, string message)
    {
        using var errors = new StringWriter();

        Assert.Equal(
            2,
            await new CommandLine(TextWriter.Null, errors, TimeProvider.System).RunAsync([
                "gate",
                "--stack",
                Files.Golden("stack.json"),
                option,
                value,
            ])
        );
        Assert.Contains(message, errors.ToString());
    }

    [Theory]
    [InlineData("judge")]
    [InlineData("report")]
    public async Task A_run_of_an_earlier_version_is_refused_in_one_sentence(string command)
    {
        using var errors = new StringWriter();
        using var folder = new TemporaryFolder();
        FixtureRuns.Copy("pass", folder.Path);
        folder.File(
            "run.json",
            """{"schema": 1, "id": "20261124-083015-4f2a", "broker": "classic", "capabilities": [], "suites": [], "tests": []}"""
        );

        Assert.Equal(2, await new CommandLine(TextWriter.Null, errors, TimeProvider.System).RunAsync([command, folder.Path]));
        Assert.Equal(
            $"verify: {folder.Path}/run.json: was written by an earlier version, before runs had stages; this one does not read it. Run the gate again.\n",
            errors.ToString()
        );
    }

    [Fact]
    public async Task A_run_that_recorded_nothing_is_judged_as_its_gate_did()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var folder = new TemporaryFolder();
        FixtureRuns.Copy("pass", folder.Path);
        var gates = folder.File(
            "gates.yaml",
            "schema: 1\nobjectives: {cache.hit: {promise: p, unit: answers, comparison: at-most, limit: 0, minObservations: 5}}\nprofiles: {pr: {limit: 1 s, suites: {integration: {budget: 1 s}}, required: [cache.hit]}}\nwaivers: []\n"
        );

        Assert.Equal(3, await new CommandLine(output, errors, TimeProvider.System).RunAsync(["judge", folder.Path, "--gates", gates]));
        Assert.Contains("no test of the run has recorded anything", output.ToString());
    }

    [Fact]
    public async Task Objectives_without_the_profile_of_a_run_judge_nothing()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var folder = new TemporaryFolder();
        FixtureRuns.Copy("pass", folder.Path);
        var gates = folder.File(
            "gates.yaml",
            "schema: 1\nobjectives: {cache.hit: {promise: p, unit: answers, comparison: at-most, limit: 0, minObservations: 5}}\nprofiles: {prr: {limit: 1 s, suites: {integration: {budget: 1 s}}, required: [cache.hit]}, weekly: {limit: 1 s, suites: {integration: {budget: 1 s}}, required: [cache.hit]}}\nwaivers: []\n"
        );

        Assert.Equal(2, await new CommandLine(output, errors, TimeProvider.System).RunAsync(["judge", folder.Path, "--gates", gates]));

        Assert.Contains($"{gates} has no profile pr, with which run ", errors.ToString());
        Assert.Contains("was made; it has prr, weekly. Did you mean prr?", errors.ToString());
    }

    [Theory]
    [InlineData("gate --sut SUT")]
    [InlineData("gate --sut SUT --only contract.get")]
    [InlineData("admit --sut SUT --runs DIR")]
    [InlineData("up --sut SUT")]
    [InlineData("images --sut SUT")]
    public async Task A_misspelt_promise_of_the_system_under_test_is_wrong_use_wherever_one_is_named(string line)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var folder = new TemporaryFolder();
        var own = await File.ReadAllTextAsync(Path.Combine(Objectives.Files.Root, "sut.yaml"), TestContext.Current.CancellationToken);
        var sut = folder.File("sut.yaml", own.Replace("- input.rejected", "- input.rejectd", StringComparison.Ordinal));

        Assert.Equal(
            2,
            await new CommandLine(output, errors, TimeProvider.System).RunAsync(
                line.Replace("SUT", sut, StringComparison.Ordinal).Replace("DIR", folder.Path, StringComparison.Ordinal).Split(' ')
            )
        );

        Assert.Contains("'input.rejectd' is no objective; did you mean 'input.rejected'?", errors.ToString());
    }

    [Fact]
    public async Task A_judgement_is_told_also_where_it_cannot_be_stored()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var folder = new TemporaryFolder();
        var run = FixtureRuns.Copy("pass", folder.Path);
        File.Copy(Path.Combine(Objectives.Files.Root, "gates.yaml"), run.Folder.Gates);
        RunDocuments.Write(run.Folder, run.Record with { GatesSha256 = Verification.Objectives.GatesFile.Read(run.Folder.Gates).Sha256 });
        Directory.CreateDirectory(run.Folder.Report);

        Assert.Equal(3, await new CommandLine(output, errors, TimeProvider.System).RunAsync(["judge", folder.Path]));

        Assert.Contains("this judgement could not be stored: ", output.ToString());
        Assert.Contains("UNKNOWN: ", output.ToString());
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_the_machine_s_fault()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(FixtureRuns.Copy("pass", folder.Path).Folder.Report);

        Assert.Equal(4, await new CommandLine(output, errors, TimeProvider.System).RunAsync(["report", folder.Path]));

        Assert.Contains("report.html", errors.ToString());
    }

    [Fact]
    public async Task Without_any_verdict_nothing_is_known()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var runs = new TemporaryFolder();
        runs.File("20261124-083015-aaaa/run.json", "{}");

        Assert.Equal(3, await new CommandLine(output, errors, TimeProvider.System).RunAsync(["admit", "--runs", runs.Path]));
        Assert.Contains("not admitted: no verdict is at hand", output.ToString());
    }

    [Fact]
    public async Task A_verdict_without_what_it_rests_on_admits_nothing()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var folder = new TemporaryFolder();
        var verdict = folder.File("verdict.json", "{}");

        Assert.Equal(2, await new CommandLine(output, errors, TimeProvider.System).RunAsync(["admit", verdict]));
        Assert.Contains("run.json is not there", errors.ToString());
    }

    [Fact]
    public void A_second_judgement_names_what_changed()
    {
        var pass = FixtureRuns.Load("pass").Verdict;

        Assert.Empty(VerdictDifferences.Between(pass, pass));
        Assert.Contains("release: was PASS, is FAIL", VerdictDifferences.Between(pass, FixtureRuns.Load("fail").Verdict));
    }

    [Fact]
    public void A_command_line_repeats_itself()
    {
        var options = new GateOptions
        {
            Profile = "pr",
            Only = ["a.b"],
            Gates = "/r/gates.yaml",
            Sut = "/r/my sut.yaml",
            Images = new Dictionary<string, string> { ["server"] = "x:1" },
            Previous = new Dictionary<string, string> { ["server"] = "x:0" },
            Broker = Verification.Stack.BrokerKind.Classic,
        };

        Assert.Equal(
            "./verify gate --profile pr --only a.b --sut '/r/my sut.yaml' --image server=x:1 --previous server=x:0 --broker classic",
            options.CommandLine("/r")
        );
    }

    [Fact]
    public void Every_name_and_content_counts_for_the_digest_of_a_folder()
    {
        using var folder = new TemporaryFolder();
        folder.File("a/my.cnf", "x");
        var first = ConfigDigest.Of(folder.Path);
        folder.File("a/my.cnf", "y");
        var second = ConfigDigest.Of(folder.Path);

        Assert.NotEqual(first, second);
    }
}
