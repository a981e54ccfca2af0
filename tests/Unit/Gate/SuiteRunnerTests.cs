using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Gate.Suites;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class SuiteRunnerTests : IDisposable
{
    private const string Starting =
        """{"$type":"test-starting","TestUniqueID":"1","TestDisplayName":"A.B.Sits","Traits":{"objective":["a.b","c.d"]}}""";
    private readonly TemporaryFolder folder = new();
    private readonly Interruption interruption = new();
    private readonly StringWriter told = new();

    [Fact]
    public async Task A_suite_over_its_budget_is_asked_to_end_and_what_it_had_begun_is_out_of_time()
    {
        var outcome = await RunAsync($"echo '{Starting}'; cat >/dev/null; echo pipe closed", TimeSpan.FromSeconds(0.5));

        Assert.Null(outcome.ExitCode);
        Assert.Equal("out of time: its budget of 0.5 s is over", outcome.Reason);
        var test = Assert.Single(outcome.Tests);
        Assert.Equal(TestOutcome.Failed, test.Outcome);
        Assert.Equal(["a.b", "c.d"], test.Objectives);
        Assert.Contains("did not end: out of time", test.Message);
        Assert.Contains(
            "pipe closed",
            await File.ReadAllTextAsync(Path.Combine(folder.Path, "s.log"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task An_interruption_ends_the_suite_and_keeps_what_it_had_decided()
    {
        var passed = """{"$type":"test-passed","TestUniqueID":"1","ExecutionTime":0.5}""";
        var running = RunAsync(
            $"echo '{Starting}'; echo '{passed}'; cat >/dev/null",
            TimeSpan.FromMinutes(1),
            () => interruption.Take("SIGINT", _ => { }, _ => { })
        );
        var outcome = await running;

        Assert.Equal("interrupted by SIGINT", outcome.Reason);
        Assert.Equal(130, interruption.ExitCode);
    }

    [Fact]
    public async Task Only_what_other_profiles_ask_for_is_skipped_without_a_line()
    {
        var lacking = """{"$type":"test-skipped","TestUniqueID":"1","ExecutionTime":0,"Reason":"UNKNOWN: no such program"}""";
        var others = """{"$type":"test-skipped","TestUniqueID":"1","ExecutionTime":0,"Reason":"profile: pr does not ask for a.b"}""";

        var outcome = await RunAsync($"echo '{Starting}'; echo '{others}'; echo '{Starting}'; echo '{lacking}'", TimeSpan.FromMinutes(1));

        Assert.Equal([true, false], outcome.Tests.Select(test => test.IsOfAnotherProfile));
        Assert.DoesNotContain("does not ask", told.ToString(), StringComparison.Ordinal);
        Assert.Contains("skip Sits: UNKNOWN: no such program", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_is_told_with_its_exit_code_and_the_line_that_names_the_error()
    {
        var outcome = await RunAsync(
            $"echo '{Starting}'; echo 'Fatal error. Stack overflow.' >&2; echo '   at A.B.Sits()' >&2; exit 134",
            TimeSpan.FromMinutes(1)
        );

        Assert.Equal(134, outcome.ExitCode);
        Assert.Equal("crashed with exit code 134: Fatal error. Stack overflow.; all of it: tests/s.log", outcome.Reason);
        Assert.Contains("exit code 134", Assert.Single(outcome.Tests).Message);
    }

    [Fact]
    public async Task A_log_on_a_full_disk_does_not_keep_the_suite_from_being_heard()
    {
        File.CreateSymbolicLink(Path.Combine(folder.Path, "s.log"), "/dev/full");
        var passed = """{"$type":"test-passed","TestUniqueID":"1","ExecutionTime":0.5}""";

        var outcome = await RunAsync($"seq 100000; echo '{Starting}'; echo '{passed}'", TimeSpan.FromMinutes(1));

        Assert.Null(outcome.Reason);
        Assert.Equal(TestOutcome.Passed, Assert.Single(outcome.Tests).Outcome);
    }

    [Fact]
    public async Task What_a_failure_quotes_is_cut_and_has_no_control_characters()
    {
        var failed =
            $$"""{"$type":"test-failed","TestUniqueID":"1","ExecutionTime":1.5,"Messages":["\u001b[2J{{new string('x', 50_000)}}"]}""";
        var script = Path.Combine(folder.Path, "said.txt");
        await File.WriteAllTextAsync(script, $"{Starting}\n{failed}\n", TestContext.Current.CancellationToken);

        var message = Assert.Single((await RunAsync($"cat {script}; exit 1", TimeSpan.FromMinutes(1))).Tests).Message!;

        Assert.DoesNotContain('\u001b', message);
        Assert.InRange(message.Length, 100, 2_000);
    }

    [Fact]
    public async Task A_failure_brings_its_message()
    {
        var failed = """{"$type":"test-failed","TestUniqueID":"1","ExecutionTime":1.5,"Messages":["3 buffs are missing"]}""";
        var outcome = await RunAsync($"echo '{Starting}'; echo '{failed}'; exit 1", TimeSpan.FromMinutes(1));

        var test = Assert.Single(outcome.Tests);
        Assert.Equal((TestOutcome.Failed, 1.5, "3 buffs are missing"), (test.Outcome, test.Seconds, test.Message));
        Assert.Null(outcome.Reason);
        Assert.Contains("FAIL Sits (1.5 s): 3 buffs are missing", told.ToString());
    }

    [Fact]
    public async Task A_test_that_was_ended_is_told_by_the_reason_and_not_by_what_it_was_in_the_middle_of()
    {
        const string Failed =
            """{"$type":"test-failed","TestUniqueID":"1","ExecutionTime":120,"Messages":["A task was canceled."],"Warnings":["ended after 120 s"]}""";

        var test = Assert.Single((await RunAsync($"echo '{Starting}'; echo '{Failed}'; exit 1", TimeSpan.FromMinutes(1))).Tests);

        Assert.Equal("ended after 120 s\nA task was canceled.", test.Message);
        Assert.Contains("FAIL Sits (2 min 00 s): ended after 120 s", told.ToString());
    }

    [Fact]
    public async Task What_a_suite_leaves_behind_with_its_output_is_ended_and_told()
    {
        var outcome = await RunAsync($"sleep 300 & echo $! >{folder.Path}/left; echo '{Starting}'", TimeSpan.FromMinutes(1));

        Assert.Equal((0, null), (outcome.ExitCode, outcome.Reason));
        Assert.Contains("held its output open", Assert.Single(outcome.Errors));
        Assert.Equal("A.B.Sits", Assert.Single(outcome.Tests).Name);
        var left = await File.ReadAllTextAsync(Path.Combine(folder.Path, "left"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("sleep", CommandOf(left.Trim()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_left_the_session_of_a_suite_with_its_output_is_not_waited_for()
    {
        var outcome = await RunAsync("setsid sleep 20 & exit 0", TimeSpan.FromMinutes(1));

        Assert.Contains("held its output open", Assert.Single(outcome.Errors));
        Assert.InRange(outcome.Seconds, 0, 15);
    }

    [Fact]
    public async Task A_suite_that_was_asked_to_end_with_its_first_failure_has_not_crashed()
    {
        var failed = """{"$type":"test-failed","TestUniqueID":"1","ExecutionTime":1.5,"Messages":["3 buffs are missing"]}""";
        var script = $"echo '{Starting}'; echo '{failed}'; exit 58";

        Assert.Equal(
            "it ended with its first failure, as it was asked to",
            (await RunAsync(script, TimeSpan.FromMinutes(1), filter: [SuitePlan.StopOnFail])).Reason
        );
        Assert.StartsWith("crashed with exit code 58", (await RunAsync(script, TimeSpan.FromMinutes(1))).Reason);
        Assert.StartsWith(
            "crashed with exit code 58",
            (await RunAsync("exit 58", TimeSpan.FromMinutes(1), filter: [SuitePlan.StopOnFail])).Reason
        );
    }

    [Fact]
    public async Task An_error_outside_any_test_is_recorded_with_its_suite()
    {
        var outcome = await RunAsync(
            """echo '{"$type":"test-collection-cleanup-failure","Messages":["the fixture could not be removed"]}'; exit 1""",
            TimeSpan.FromMinutes(1)
        );

        Assert.Equal(["the fixture could not be removed"], outcome.Errors);
    }

    [Theory]
    [InlineData("SIGHUP", 129)]
    [InlineData("SIGINT", 130)]
    [InlineData("SIGTERM", 143)]
    public void Each_signal_has_its_exit_code(string signal, int code)
    {
        interruption.Take(signal, _ => { }, _ => { });

        Assert.Equal(code, interruption.ExitCode);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(8, true)]
    [InlineData(3, false)]
    [InlineData(134, false)]
    [InlineData(255, false)]
    public async Task Only_a_code_that_a_whole_run_of_tests_gives_is_no_crash(int code, bool whole) =>
        Assert.Equal(whole, (await RunAsync($"exit {code}", TimeSpan.FromMinutes(1))).Reason is null);

    [Fact]
    public void A_colour_before_a_message_does_not_hide_it()
    {
        var messages = new XunitMessages("s");
        messages.Take($"\u001b[37m{Starting}");

        Assert.Equal("A.B.Sits", Assert.Single(messages.Unfinished("x")).Name);
    }

    [Fact]
    public void Several_objectives_make_one_filter() =>
        Assert.Equal(["-trait", "objective=a.b", "-trait", "objective=c.d"], TraitFilter.Options(["c.d", "a.b", "c.d"]));

    [Fact]
    public void The_second_signal_ends_at_once()
    {
        var ended = new List<string>();
        using var registration = interruption.OnSecond(() => ended.Add("suite"));

        interruption.Take("SIGTERM", _ => { }, code => ended.Add($"exit {code}"));
        Assert.Empty(ended);
        interruption.Take("SIGINT", _ => { }, code => ended.Add($"exit {code}"));

        Assert.Equal(["suite", "exit 143"], ended);
    }

    public void Dispose()
    {
        folder.Dispose();
        interruption.Dispose();
        told.Dispose();
    }

    /// <summary>What a process was started with; nothing where it is gone, or was killed.</summary>
    private static string CommandOf(string id) =>
        File.Exists($"/proc/{id}/cmdline") ? File.ReadAllText($"/proc/{id}/cmdline") : string.Empty;

    private Task<SuiteOutcome> RunAsync(string script, TimeSpan budget, Action? started = null, params string[] filter)
    {
        var console = Consoles.Of(told, redirected: true);
        var runner = new SuiteRunner(new ProgressLines(console, TimeProvider.System), TimeProvider.System);
        var executable = folder.File("suite", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(executable, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var plan = new SuitePlan("s", executable, filter, budget, new Dictionary<string, string>(), folder.Path);
        return runner.RunAsync(plan, _ => started?.Invoke(), interruption, TestContext.Current.CancellationToken);
    }
}
