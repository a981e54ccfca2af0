using System.Text.Json;
using Verification.Infrastructure.Processes;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Sessions;

namespace Verification.Infrastructure.Leaks;

/// <summary>gitleaks (https://github.com/gitleaks/gitleaks), by the one configuration of the project.</summary>
/// <param name="path">Path of the program.</param>
/// <param name="run">The run, as its stage has it: what gitleaks says lies among its logs, the secrets themselves taken out.</param>
/// <param name="configuration">Path of the configuration.</param>
public sealed class Gitleaks(string path, RunFolder run, string configuration)
{
    private const string Name = "gitleaks";

    /// <summary>The configuration, from the root of the project.</summary>
    public const string Configuration = ".gitleaks.toml";

    private static readonly JsonSerializerOptions AsWritten = new(JsonSerializerDefaults.General);
    private static int number;

    /// <summary>Finds it.</summary>
    /// <param name="run">The run, as its stage has it.</param>
    /// <param name="root">The project, with its configuration.</param>
    /// <exception cref="LeaksUnknownException">There is none.</exception>
    public static Gitleaks Find(RunFolder run, ProjectRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return ProgramPlaces.Of(Name) is [var first, ..]
            ? new Gitleaks(first, run, Path.Combine(root.Path, Configuration))
            : throw new LeaksUnknownException(
                $"there is no {Name} in {ProgramPlaces.Looked()}: let ./verify tools get it, or name a folder that has it in {ProgramPlaces.Variable}",
                named: VerifyVariables.FirstSet(ProgramPlaces.Variable) is not null
            );
    }

    /// <summary>Searches the files below a folder; links are not followed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it found, each with its file from the folder.</returns>
    /// <exception cref="LeaksUnknownException">It could not search.</exception>
    public async Task<IReadOnlyList<Leak>> InFolderAsync(string folder, CancellationToken cancellationToken) =>
        [
            .. (await SearchAsync(["dir", folder], cancellationToken).ConfigureAwait(false)).Select(leak =>
                leak with
                {
                    File = Path.GetRelativePath(folder, leak.File),
                }
            ),
        ];

    /// <summary>Searches what every commit of a repository has added.</summary>
    /// <param name="repository">Folder of the repository.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LeaksUnknownException">It could not search.</exception>
    public Task<IReadOnlyList<Leak>> InHistoryAsync(string repository, CancellationToken cancellationToken) =>
        SearchAsync(["git", repository], cancellationToken);

    private async Task<IReadOnlyList<Leak>> SearchAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(run.Logs);
        var files = Path.Combine(run.Logs, $"{Name}-{Interlocked.Increment(ref number):00}-{command[0]}");
        var (log, report) = ($"{files}.log", $"{files}.json");
        var writer = TextWriter.Synchronized(new StreamWriter(log));
        await using (writer.ConfigureAwait(false))
        {
            var process = LeashedProcess.Start(
                run,
                [
                    path,
                    .. command,
                    "--config",
                    configuration,
                    // Neither a remark in a file nor a list beside it excuses anything: the configuration alone does.
                    "--ignore-gitleaks-allow",
                    "--gitleaks-ignore-path",
                    run.Logs,
                    "--redact",
                    "--no-banner",
                    "--no-color",
                    "--exit-code",
                    "0",
                    "--report-format",
                    "json",
                    "--report-path",
                    report,
                ],
                run.Path,
                new Dictionary<string, string?>(StringComparer.Ordinal),
                writer
            );
            await using (process.ConfigureAwait(false))
                if ((await process.EndAsync(cancellationToken).ConfigureAwait(false)).ExitCode is not 0 and var code)
                    throw new LeaksUnknownException($"{path} ended with exit code {code}, and searched nothing: see {log}");
        }

        using var found = File.OpenRead(report);
        return [.. JsonSerializer.Deserialize<List<Finding>>(found, AsWritten)!.Select(each => each.ToLeak())];
    }

    /// <summary>A finding as the report has it.</summary>
    private sealed record Finding(string RuleID, string File, int StartLine, string Commit)
    {
        public Leak ToLeak() => new(RuleID, File, StartLine, Commit);
    }
}
