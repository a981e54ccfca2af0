using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Ci;

/// <summary>A checkout whose <c>./verify</c> only notes how it was called, to run the scripts of jobs in.</summary>
internal sealed class StubCheckout : IDisposable
{
    private const string Stub = """
        #!/usr/bin/env bash
        printf '%s\n' "$#" "$@" >> "$CALLS"
        [[ $1 != gate ]] || echo "${CRDS_DIR:-}" >> "$DEFINITIONS_SEEN"
        for ((i = 1; i < $#; i++)); do
          if [[ ${!i} == --output ]]; then next=$((i + 1)); mkdir -p "${!next}"; echo '## PASS' > "${!next}/summary.md"; fi
        done
        """;

    /// <summary>Where a runner has the repository whose workflow it runs.</summary>
    public const string Workspace = "/home/runner/work";

    /// <summary>What else a script calls, noted beside: it needs a machine of its own.</summary>
    private const string Beside = """
        #!/usr/bin/env bash
        printf '%s\n' "${0##*/} $*" >> "$BESIDE"
        """;

    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    private readonly TemporaryFolder folder = new();

    public StubCheckout()
    {
        File.SetUnixFileMode(folder.File("verify", Stub), Executable);
        foreach (var program in new[] { "apt-get", "dotnet" })
            File.SetUnixFileMode(folder.File($"bin/{program}", Beside), Executable);
        folder.File("beside", "");
        folder.File("definitions", "");
        foreach (var file in new[] { "Directory.Packages.props", "config/versions.yaml" })
            folder.File(file, File.ReadAllText(Path.Combine(Files.Root, file)));
        folder.File("runs/20261124-083015-4f2a/evidence.jsonl", "");
        folder.File("runs/20261124-083015-4f2a/secrets/mysql-password", "hunter2");
        folder.File("summary", "");
        folder.File("output", "");
        folder.File("variables", "");
    }

    /// <summary>Where the platform of the jobs keeps what a job leaves behind.</summary>
    public string Temp => Path.Combine(folder.Path, "temp");

    /// <summary>How other programs were called.</summary>
    public IReadOnlyList<string> CallsBeside => File.ReadAllLines(Path.Combine(folder.Path, "beside"));

    /// <summary>The folder of definitions that each gate was given; empty for none.</summary>
    public IReadOnlyList<string> DefinitionsOfGates => File.ReadAllLines(Path.Combine(folder.Path, "definitions"));

    /// <summary>What the last script said.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Variables that later steps of the job have.</summary>
    public IReadOnlyList<string> Variables => File.ReadAllLines(Path.Combine(folder.Path, "variables"));

    /// <summary>What was appended to the summary of the job.</summary>
    public string Summary => File.ReadAllText(Path.Combine(folder.Path, "summary"));

    /// <summary>Runs a script as a runner does, and gives how it called <c>./verify</c>.</summary>
    /// <param name="script">The script.</param>
    /// <param name="code">What it must end with.</param>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> CallsOfAsync(CiScript script, int code = 0)
    {
        var calls = folder.File("calls", "");
        var run = await Cli.Wrap("bash")
            .WithArguments(["--noprofile", "--norc", "-eo", "pipefail", "-c", script.Text])
            .WithWorkingDirectory(folder.Path)
            .WithEnvironmentVariables(variables =>
            {
                variables
                    .Set("CALLS", calls)
                    .Set("RUNNER_TEMP", Temp)
                    .Set("GITHUB_STEP_SUMMARY", Path.Combine(folder.Path, "summary"))
                    .Set("GITHUB_OUTPUT", Path.Combine(folder.Path, "output"))
                    .Set("GITHUB_ENV", Path.Combine(folder.Path, "variables"))
                    .Set("GITHUB_WORKSPACE", Workspace)
                    // Of whoever runs this test.
                    .Set("CRDS_DIR", null)
                    .Set("DEFINITIONS_SEEN", Path.Combine(folder.Path, "definitions"))
                    .Set("BESIDE", Path.Combine(folder.Path, "beside"))
                    .Set("HOME", folder.Path)
                    .Set("PATH", $"{Path.Combine(folder.Path, "bin")}:{Environment.GetEnvironmentVariable("PATH")}");
                foreach (var (name, value) in script.Environment)
                    variables.Set(name, value);
            })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        Said = run.StandardOutput;
        Assert.True(run.ExitCode == code, $"{script.Origin} ended with {run.ExitCode}: {run.StandardError}");
        return Calls([.. File.ReadAllLines(calls)]);
    }

    /// <summary>The names in an archive that a script made.</summary>
    public static async Task<string> NamesInAsync(string archive) =>
        (await Cli.Wrap("tar").WithArguments(["-tzf", archive]).ExecuteBufferedAsync(TestContext.Current.CancellationToken)).StandardOutput;

    public void Dispose() => folder.Dispose();

    private static List<IReadOnlyList<string>> Calls(string[] lines)
    {
        var calls = new List<IReadOnlyList<string>>();
        for (var at = 0; at < lines.Length; at += calls[^1].Count + 1)
            calls.Add(lines[(at + 1)..(at + 1 + int.Parse(lines[at], CultureInfo.InvariantCulture))]);
        return calls;
    }
}
