using System.CommandLine;
using System.Diagnostics;
using Verification.Gate.Judging;
using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify report</c> and <c>judge</c>: what can be done with a stored run.</summary>
internal static class StoredRunCommands
{
    public static Command Report(Invoker invoke)
    {
        var name = Name();
        var open = new Option<bool>("--open") { Description = "Open it in the browser" };
        var command = new Command(
            "report",
            """
            Write the reports of a stored run again, from its verdict.

            Examples:
              ./verify report
              ./verify report 20261124-083015-4f2a --open
            """
        )
        {
            name,
            open,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(context =>
                {
                    var folder = RunLocator.FindEnded(context.Root.Runs, parsed.GetValue(name)!);
                    if (!File.Exists(folder.Verdict))
                        throw new UsageException(
                            $"run {parsed.GetValue(name)} has not been judged. Judge it: ./verify judge {Path.GetFileName(folder.Path)}"
                        );
                    var run = new StoredRun(
                        folder,
                        RunDocuments.ReadRecord(folder),
                        RunDocuments.ReadVerdict(folder),
                        HistoryLog.Stream(folder.History)
                    );
                    Reports.Render(run);
                    context.Progress.Say(folder.Report);
                    if (parsed.GetValue(open))
                        Open(folder.Report, context);
                    return Task.FromResult(ExitCodes.Pass);
                })
        );
        return command;
    }

    public static Command Judge(Invoker invoke)
    {
        var name = Name();
        var gates = new Option<string?>("--gates")
        {
            Description = "Judge under these objectives instead, and only tell the verdict. Default: those that the run was made with",
            HelpName = "FILE",
        };
        gates.Validators.Add(PlatformOptions.MustExist);
        var command = new Command(
            "judge",
            """
            Judge a stored run again and say what has changed. Exit code as of the gate. The run's verdict is replaced only under the objectives that it was made with.

            Examples:
              ./verify judge last
              ./verify judge 20261124-083015-4f2a --gates stricter.yaml
            """
        )
        {
            name,
            gates,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(context =>
                {
                    var folder = RunLocator.FindEnded(context.Root.Runs, parsed.GetValue(name)!);
                    if (!File.Exists(folder.Evidence))
                        context.Progress.Doubt(
                            $"no test of the run has recorded anything; its {Path.GetFileName(folder.Tests)}/*.log say why"
                        );
                    var record = RunDocuments.ReadRecord(folder);
                    var heldTo = GatesOfRun(folder, record);
                    var file = parsed.GetValue(gates) ?? (heldTo is null ? context.Root.Gates : folder.Gates);
                    var under = GatesOf(file, record);
                    var verdict = ReleaseJudge.Judge(
                        under,
                        record,
                        new EvidenceLog(folder.Evidence).Read(),
                        context.Time.GetUtcNow(),
                        heldTo
                    );
                    IReadOnlyList<string> differences = File.Exists(folder.Verdict)
                        ? VerdictDifferences.Between(RunDocuments.ReadVerdict(folder), verdict)
                        : ["the run had not been judged"];
                    var run = new StoredRun(folder, record, verdict, HistoryLog.Stream(folder.History));
                    VerdictTable.Print(context.Progress.Console, run);
                    foreach (var difference in differences)
                        context.Progress.Doubt($"changed: {difference}");
                    if (differences.Count == 0)
                        context.Progress.Say("as it was judged before");
                    // A judgement under other objectives is an answer, not the run's verdict.
                    if (under.Sha256 == record.GatesSha256)
                        Store(run, context);
                    else
                        context.Progress.Doubt(
                            $"judged under {file}, which is not what the run was made with: told only, the run's own verdict and reports stay as they are"
                        );
                    return Task.FromResult(ExitCodes.Of(verdict.Verdict));
                })
        );
        return command;
    }

    /// <summary>The objectives that the tests of a run were held to; null where no copy of them, as it was, lies in its folder.</summary>
    private static Gates? GatesOfRun(RunFolder folder, RunRecord record) =>
        File.Exists(folder.Gates) && GatesFile.Read(folder.Gates) is { } gates && gates.Sha256 == record.GatesSha256 ? gates : null;

    /// <exception cref="UsageException">They lack the profile of the run.</exception>
    private static Gates GatesOf(string file, RunRecord record)
    {
        var gates = GatesFile.Read(file);
        return gates.Profiles.ContainsKey(record.Profile)
            ? gates
            : throw new UsageException(
                $"{file} has no profile {record.Profile}, with which run {record.Id} was made; it has {string.Join(", ", gates.Profiles.Keys)}.{Suggestion.Question(record.Profile, gates.Profiles.Keys)} Name a file with that profile."
            );
    }

    /// <summary>The judgement is the answer; that it can't be stored takes none of it away.</summary>
    private static void Store(StoredRun run, CommandContext context)
    {
        if (File.Exists(run.Folder.Attestation))
        {
            context.Progress.Say("the stored verdict is signed, and stays as it is");
            return;
        }

        try
        {
            Reports.Write(run);
            VerdictTable.PrintPlaces(context.Progress.Console, run.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Progress.Doubt($"this judgement could not be stored: {Quotation.Of(e.Message)}");
        }
    }

    private static Argument<string> Name() =>
        new("RUN") { Description = "Id of the run, 'last', or the path of its folder", DefaultValueFactory = _ => RunLocator.Last };

    private static void Open(string file, CommandContext context)
    {
        try
        {
            using var browser = Process.Start(
                new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [file])
                {
                    UseShellExecute = false,
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                }
            );
        }
        catch (System.ComponentModel.Win32Exception)
        {
            context.Progress.Doubt("no program here opens it: open the file yourself");
        }
    }
}
