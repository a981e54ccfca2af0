using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Stack.Readiness;
using Verification.Stack.Runs;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Ci;

/// <summary>Each assembly of <c>dotnet test Verification.sln</c> on a machine with nothing but the SDK: no engine, no program on PATH, no
/// variable.</summary>
public sealed partial class BareTestTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder empty = new(),
        temporary = new();

    /// <summary>Every assembly; of that of this test, what needs an engine.</summary>
    public static TheoryData<string, string> Assemblies =>
        [.. SuiteExecutables.All(Files.Root).Select(suite => (suite, suite == "unit" ? "-class *.RegistryTests" : ""))];

    public void Dispose()
    {
        empty.Dispose();
        temporary.Dispose();
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task Each_skips_what_it_can_not_decide_with_the_reason_and_is_neither_red_nor_silent(string assembly, string options)
    {
        var (code, output) = await RunAsync(assembly, options, ci: "");

        var skipped = Skipped().Matches(output).Select(match => match.Groups["reason"].Value).ToList();
        var ended = Summary().Match(output);
        Assert.True(code == 0 && ended.Groups["failed"].Value == "0" && ended.Groups["errors"].Value == "0", output);
        Assert.Equal(ended.Groups["skipped"].Value, skipped.Count.ToString(CultureInfo.InvariantCulture));
        Assert.All(
            skipped,
            reason =>
                Assert.Matches(
                    "^(profile: |CHARTS_DIR names no folder|UNKNOWN: .*(No Docker engine answers|let ./verify tools get it))",
                    reason
                )
        );
        Assert.Contains(skipped, reason => reason.StartsWith("UNKNOWN: ", StringComparison.Ordinal));
        // What watches over a run ends right behind it, and its runtime takes its own pipes away.
        await Eventually.SeeAsync(
            "nothing is left among the temporary files",
            TimeSpan.FromSeconds(10),
            _ => Task.FromResult(string.Join(", ", Directory.EnumerateFileSystemEntries(temporary.Path).Select(Path.GetFileName))),
            left => left.Length == 0,
            TestContext.Current.CancellationToken
        );
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task Under_CI_what_is_skipped_for_want_of_a_part_fails_and_what_the_profile_leaves_out_does_not(
        string assembly,
        string options
    )
    {
        var (_, bare) = await RunAsync(assembly, options, ci: "");
        var reasons = Skipped()
            .Matches(bare)
            .Select(match => match.Groups["reason"].Value)
            .ToLookup(reason => reason.StartsWith("UNKNOWN: ", StringComparison.Ordinal));

        var (code, output) = await RunAsync(assembly, options, ci: "true");

        var ended = Summary().Match(output);
        Assert.Equal(1, code);
        Assert.Equal(
            $"{reasons[true].Count()} failed, {reasons[false].Count()} skipped",
            $"{ended.Groups["failed"].Value} failed, {ended.Groups["skipped"].Value} skipped"
        );
    }

    private async Task<(int Code, string Output)> RunAsync(string assembly, string options, string ci)
    {
        if (SuiteExecutables.Find(Files.Root, assembly) is not { } executable)
        {
            Lack.Of($"the suite {assembly} is not built");
            throw new UnreachableException();
        }

        var start = new ProcessStartInfo(executable, ["-noColor", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (
            var (name, value) in new[]
            {
                ("PATH", empty.Path),
                ("HOME", empty.Path),
                ("TMPDIR", temporary.Path),
                ("CI", ci),
                ("DOCKER_HOST", $"unix://{empty.Path}/docker.sock"),
                ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."))),
            }
        )
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // What it waits for is told by what it said until then.
            process.Kill(entireProcessTree: true);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.Fail($"{assembly} did not end within {Longest}: {await output}{await errors}");
        }

        RemoveRunOf(process.Id);
        return (process.ExitCode, $"{await output}{await errors}");
    }

    /// <summary>The run that a process has stored is none that anybody wants to read.</summary>
    private static void RemoveRunOf(int process)
    {
        var runs = Directory.CreateDirectory(Path.Combine(Files.Root, "runs"));
        foreach (var run in Directory.EnumerateDirectories(runs.FullName).Where(run => RunOwner.Read(new RunFolder(run)).Id == process))
            Directory.Delete(run, recursive: true);
    }

    [GeneratedRegex(
        @"\[SKIP\]\n +(?<reason>.*)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Skipped();

    [GeneratedRegex(
        @"Total: \d+, Errors: (?<errors>\d+), Failed: (?<failed>\d+), Skipped: (?<skipped>\d+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Summary();
}
