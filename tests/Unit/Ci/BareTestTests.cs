using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Stack.Leftovers;
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

    /// <summary>Why a test may be skipped there, and how that is counted in <c>bare-skips.txt</c>.</summary>
    private static readonly (string Begin, string Part, string Counted)[] Reasons =
    [
        ("UNKNOWN: ", "No Docker engine answers", "without an engine"),
        ("UNKNOWN: ", "let ./verify tools get it", "without a program"),
        ("CHARTS_DIR names no folder", "", "without charts of others"),
        ("profile: ", "", "of other profiles"),
    ];
    private static readonly Dictionary<string, string> Expected = File.ReadLines(
            Path.Combine(Files.Root, "tests", "Unit", "Ci", "bare-skips.txt")
        )
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(": "))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
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
        Assert.All(skipped, reason => Assert.Contains(Reasons, each => IsFor(reason, each.Begin, each.Part)));
        Assert.Equal($"{assembly}: {Expected.GetValueOrDefault(assembly)}", $"{assembly}: {Counted(skipped)}");
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

    [Fact]
    public void Each_assembly_has_its_count_and_no_other() =>
        Assert.Equal(SuiteExecutables.All(Files.Root), Expected.Keys.Order(StringComparer.Ordinal));

    /// <summary>As somebody calls it: here with a few tests of one assembly, of which some need an engine. What is red in one is the end of
    /// all.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("true", 2)]
    public async Task Dotnet_test_ends_with_the_code_that_the_README_says(string ci, int ends)
    {
        if (!Directory.Exists(Path.Combine(DotnetHost.Root, "sdk")))
            Lack.Of($"{DotnetHost.Root} holds no SDK, and so no dotnet test");
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(Executable("unit"))!)!);

        var (code, output) = await StartAsync(
            DotnetHost.Path,
            [
                "test",
                Path.Combine(Files.Root, "tests", "Unit", "Unit.csproj"),
                "--no-build",
                "--configuration",
                configuration,
                "--filter-class",
                "*.RegistryTests",
                "--filter-class",
                "*.LackTests",
            ],
            ci
        );

        Assert.True(code == ends, $"it ended with {code}: {output}");
    }

    private static bool IsFor(string reason, string begin, string part) =>
        reason.StartsWith(begin, StringComparison.Ordinal) && reason.Contains(part, StringComparison.Ordinal);

    /// <summary>How many are skipped for which reason, in the order of the reasons.</summary>
    private static string Counted(IReadOnlyList<string> skipped) =>
        string.Join(
            ", ",
            Reasons
                .Select(each => (each.Counted, Count: skipped.Count(reason => IsFor(reason, each.Begin, each.Part))))
                .Where(each => each.Count > 0)
                .Select(each => $"{each.Count} {each.Counted}")
        );

    private static string Executable(string assembly)
    {
        if (SuiteExecutables.Find(Files.Root, assembly) is { } executable)
            return executable;
        Lack.Of($"the suite {assembly} is not built");
        throw new UnreachableException();
    }

    private Task<(int Code, string Output)> RunAsync(string assembly, string options, string ci) =>
        StartAsync(Executable(assembly), ["-noColor", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)], ci);

    private async Task<(int Code, string Output)> StartAsync(string program, IReadOnlyList<string> arguments, string ci)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            // The runner of tests is named by the file global.json there.
            WorkingDirectory = Files.Root,
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
                ("DOTNET_ROOT", DotnetHost.Root),
                ("DOTNET_NOLOGO", "1"),
                ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
                // Nothing of MSBuild outlives the test.
                ("MSBUILDDISABLENODEREUSE", "1"),
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
            Assert.Fail($"{Path.GetFileName(program)} did not end within {Longest}: {await output}{await errors}");
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
