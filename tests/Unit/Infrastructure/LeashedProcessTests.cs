using System.Globalization;
using Verification.Infrastructure.Processes;
using Verification.Objectives;
using Verification.Stack.Readiness;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

[Collection(nameof(WholeProcess))]
public sealed class LeashedProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter log = new(CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_ends_by_itself_with_its_exit_code_and_what_it_said()
    {
        await using var process = Start("echo said; echo wrong >&2; exit 7");
        Assert.Equal((7, "said\n"), await process.EndAsync(Cancellation));
        Assert.Contains("wrong", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_and_what_it_has_started_are_gone_when_its_leash_is()
    {
        var pids = Path.Combine(folder.Path, "pids");
        await using (Start($"sleep 600 & echo $! $$ >{pids}; wait"))
            await Eventually.IsTrueAsync(
                "both have started",
                TimeSpan.FromSeconds(10),
                _ => Task.FromResult(File.Exists(pids) && File.ReadAllText(pids).EndsWith('\n')),
                Cancellation
            );

        await Eventually.SeeAsync(
            "both are gone",
            TimeSpan.FromSeconds(10),
            _ => Task.FromResult(File.ReadAllText(pids).Split().Where(pid => pid.Length > 0 && Lives(pid)).ToList()),
            left => left.Count == 0,
            Cancellation
        );
    }

    [Fact]
    public async Task A_variable_is_set_or_taken_away()
    {
        using var outside = new SetVariable("LEASHED_PROCESS_TESTS", "outside");
        await using var process = Start(
            "echo \"${LEASHED_PROCESS_TESTS-none} $GIVEN\"",
            new Dictionary<string, string?> { ["LEASHED_PROCESS_TESTS"] = null, ["GIVEN"] = "given" }
        );
        Assert.Equal("none given\n", (await process.EndAsync(Cancellation)).Output);
    }

    public void Dispose()
    {
        log.Dispose();
        folder.Dispose();
    }

    // A process that has ended and that nobody has asked for yet is a zombie.
    private static bool Lives(string pid) =>
        Directory.Exists($"/proc/{pid}") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    private LeashedProcess Start(string script, IReadOnlyDictionary<string, string?>? environment = null) =>
        LeashedProcess.Start(
            new RunFolder(folder.Path),
            ["/bin/sh", "-c", script],
            folder.Path,
            environment ?? new Dictionary<string, string?>(),
            TextWriter.Synchronized(log)
        );
}
