using System.Diagnostics;
using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Objectives;
using Verification.Stack.Leftovers;
using Verification.Stack.Sessions;

namespace Verification.Gate.Suites;

/// <summary>Runs one test executable in a session of its own: follows it, logs it, ends it when its time is over.</summary>
/// <param name="progress">Where each test is told.</param>
/// <param name="time">The clock.</param>
internal sealed class SuiteRunner(ProgressLines progress, TimeProvider time)
{
    /// <summary>What is undecided because the time was over says this.</summary>
    public const string OutOfTime = "out of time";

    /// <summary>The suite that needs no platform; its green tests are too many to tell each.</summary>
    public const string Unit = "unit";

    /// <summary>How long its output may stay open after its end.</summary>
    private static readonly TimeSpan StaysOpen = TimeSpan.FromSeconds(5);

    /// <summary>Runs a suite to its end, to the end of its budget, or to the interruption of the gate.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="started">Told the process, so that it can be found should the gate die.</param>
    /// <param name="interruption">The wish to end.</param>
    /// <param name="overall">Ends when the time of the whole run is over.</param>
    public async Task<SuiteOutcome> RunAsync(SuitePlan plan, Action<Process> started, Interruption interruption, CancellationToken overall)
    {
        Directory.CreateDirectory(plan.Results);
        var messages = new XunitMessages(plan.Stage);
        var watch = time.GetTimestamp();
        // A log that can't be written further, on a full disk, must not stop the reading of what the suite says: it would wait for its
        // reader until its time is over.
        using var log = TextWriter.Synchronized(
            Consoles.Enduring(
                new FileStream(
                    Path.Combine(plan.Results, $"{plan.Stage}.log"),
                    FileMode.Create,
                    FileAccess.Write,
                    FileShare.ReadWrite,
                    bufferSize: 0
                )
            )
        );
        using var process = Process.Start(StartOf(plan)) ?? throw new IOException($"{plan.Executable} did not start.");
        using var killed = interruption.OnSecond(() => SuiteProcess.KillNow(process));
        started(process);

        using var left = new CancellationTokenSource();
        var output = FollowAsync(process.StandardOutput, messages, log, left.Token);
        var lastWords = new LastWords();
        var errors = CopyAsync(process.StandardError, log, lastWords, left.Token);
        var reason = await WaitAsync(process, plan.Budget, interruption, overall).ConfigureAwait(false);
        var held = await CloseAsync(process, Task.WhenAll(output, errors), left).ConfigureAwait(false);

        var whole = SuiteExitCodes.IsWhole(process.ExitCode);
        if (!whole && plan.Filter.Contains(SuitePlan.StopOnFail) && messages.Ended.Any(test => test.Outcome == TestOutcome.Failed))
            reason ??= "it ended with its first failure, as it was asked to";
        var ending = reason ?? (whole ? "its process ended with the test running" : $"its process ended with exit code {process.ExitCode}");
        return new SuiteOutcome(
            reason is null ? process.ExitCode : null,
            time.GetElapsedTime(watch).TotalSeconds,
            reason ?? (whole ? null : Crash(plan, process.ExitCode, lastWords.Text ?? (messages.Errors is [var first, ..] ? first : null))),
            held is null ? messages.Errors : [.. messages.Errors, held],
            [.. messages.Ended, .. messages.Unfinished(ending)]
        );
    }

    private static string Crash(SuitePlan plan, int exitCode, string? said) =>
        $"crashed with exit code {exitCode}{(said is null ? string.Empty : $": {said}")}; all of it: tests/{plan.Stage}.log";

    private static ProcessStartInfo StartOf(SuitePlan plan)
    {
        var start = OwnSession.Of(
            plan.Executable,
            [
                .. plan.Filter,
                "-reporter",
                "json",
                "-noColor",
                "-noAutoReporters",
                "-showLiveOutput",
                "-result-xml",
                Path.Combine(plan.Results, $"{plan.Stage}.xml"),
                "-result-trx",
                Path.Combine(plan.Results, $"{plan.Stage}.trx"),
            ]
        );
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // A variable of somebody else's would decide for the suite what the gate was asked for.
        foreach (var name in VerifyVariables.IgnoredOf(start.Environment))
            start.Environment.Remove(name);
        foreach (var (name, value) in plan.Environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Waits for the end; null if it came by itself, else why the process was ended.</summary>
    private async Task<string?> WaitAsync(Process process, TimeSpan budget, Interruption interruption, CancellationToken overall)
    {
        using var over = new CancellationTokenSource(budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, overall, interruption.Token);
        try
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException)
        {
            var reason =
                interruption.Signal is { } signal ? $"interrupted by {signal}"
                : over.IsCancellationRequested ? $"{OutOfTime}: its budget of {Figures.Duration(budget)} is over"
                : $"{OutOfTime}: the limit of the profile is over";
            progress.Doubt($"ending the suite: {reason}");
            await SuiteProcess.StopAsync(process, time).ConfigureAwait(false);
            return reason;
        }
    }

    /// <summary>Waits until all that was said is read. What the suite has left behind may hold its output open for ever: it is ended, and
    /// where that does not help nobody listens any more.</summary>
    /// <returns>A sentence that says so; null where nobody held it.</returns>
    private async Task<string?> CloseAsync(Process process, Task read, CancellationTokenSource left)
    {
        if (await EndsAsync(read).ConfigureAwait(false))
            return null;
        RunProcesses.EndSession(process.Id);
        if (!await EndsAsync(read).ConfigureAwait(false))
        {
            await left.CancelAsync().ConfigureAwait(false);
            await read.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return $"a process that the suite had started held its output open {StaysOpen.TotalSeconds:0} s after its end; what was left of its session was ended";
    }

    private async Task<bool> EndsAsync(Task read)
    {
        if (await Task.WhenAny(read, Task.Delay(StaysOpen, time)).ConfigureAwait(false) != read)
            return false;
        await read.ConfigureAwait(false);
        return true;
    }

    private async Task FollowAsync(StreamReader reader, XunitMessages messages, TextWriter log, CancellationToken left)
    {
        while (await reader.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(left).ConfigureAwait(false) is { } line)
        {
            var known = messages.Ended.Count;
            if (messages.Take(line) is not { } said)
                continue;
            await log.WriteLineAsync($"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {said}").ConfigureAwait(false);
            if (messages.Ended.Count > known)
                Tell(messages.Ended[^1]);
        }
    }

    private async Task CopyAsync(StreamReader reader, TextWriter log, LastWords lastWords, CancellationToken left)
    {
        while (await reader.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(left).ConfigureAwait(false) is { } line)
        {
            lastWords.Take(line);
            await log.WriteLineAsync($"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} stderr: {line}").ConfigureAwait(false);
        }
    }

    private void Tell(TestRecord test)
    {
        var name = TestRow.ShortName(test.Name);
        var took = Figures.Duration(TimeSpan.FromSeconds(test.Seconds));
        switch (test.Outcome)
        {
            case TestOutcome.Failed:
                progress.Bad($"FAIL {name} ({took}): {test.Message?.Split('\n')[0]}");
                break;
            case TestOutcome.Skipped when test.IsOfAnotherProfile:
                // Over a hundred such lines would bury the few that matter; they are in the log, and counted at the end.
                break;
            case TestOutcome.Skipped:
                progress.Doubt($"skip {name}: {test.Message?.Split('\n')[0]}");
                break;
            default:
                if (test.Stage != Unit)
                    progress.Say($"ok   {name} ({took})");
                break;
        }
    }
}
