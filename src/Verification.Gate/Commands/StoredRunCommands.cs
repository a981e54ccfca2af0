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
            """)
        {
            name, open,
        };
        command.SetAction((parsed, _) => invoke(context =>
        {
            var folder = RunLocator.Find(context.Root.Runs, parsed.GetValue(name)!);
            if (!File.Exists(folder.Verdict))
                throw new UsageException($"run {parsed.GetValue(name)} has not been judged. Judge it: ./verify judge {Path.GetFileName(folder.Path)}");
            var run = new StoredRun(folder, RunDocuments.ReadRecord(folder), RunDocuments.ReadVerdict(folder), HistoryLog.Read(folder.History));
            Reports.Write(run, copyTo: null);
            context.Progress.Say(folder.Report);
            if (parsed.GetValue(open))
                Open(folder.Report, context);
            return Task.FromResult(ExitCodes.Pass);
        }));
        return command;
    }

    public static Command Judge(Invoker invoke)
    {
        var name = Name();
        var gates = new Option<string?>("--gates") { Description = "Judge under these objectives instead. Default: gates.yaml", HelpName = "FILE" };
        gates.Validators.Add(PlatformOptions.MustExist);
        var command = new Command(
            "judge",
            """
            Judge a stored run again and say what has changed. Exit code as of the gate.

            Examples:
              ./verify judge last
              ./verify judge 20261124-083015-4f2a --gates stricter.yaml
            """)
        {
            name, gates,
        };
        command.SetAction((parsed, _) => invoke(context =>
        {
            var folder = RunLocator.Find(context.Root.Runs, parsed.GetValue(name)!);
            if (!File.Exists(folder.Evidence))
                context.Progress.Doubt($"no test of the run has recorded anything; its {Path.GetFileName(folder.Tests)}/*.log say why");
            var record = RunDocuments.ReadRecord(folder);
            var verdict = ReleaseJudge.Judge(GatesFile.Read(parsed.GetValue(gates) ?? context.Root.Gates), record, new EvidenceLog(folder.Evidence).Read(), context.Time.GetUtcNow());
            IReadOnlyList<string> differences = File.Exists(folder.Verdict) ? VerdictDifferences.Between(RunDocuments.ReadVerdict(folder), verdict) : ["the run had not been judged"];
            var run = new StoredRun(folder, record, verdict, HistoryLog.Read(folder.History));
            // A judgement under other objectives is an answer, not the run's verdict.
            if (parsed.GetValue(gates) is null)
                Reports.Write(run, copyTo: null);
            VerdictTable.Print(context.Progress.Console, run);
            foreach (var difference in differences)
                context.Progress.Doubt($"changed: {difference}");
            if (differences.Count == 0)
                context.Progress.Say("as it was judged before");
            return Task.FromResult(ExitCodes.Of(verdict.Verdict));
        }));
        return command;
    }

    private static Argument<string> Name() => new("RUN") { Description = "Id of the run, 'last', or the path of its folder", DefaultValueFactory = _ => RunLocator.Last };

    private static void Open(string file, CommandContext context)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [file]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            context.Progress.Doubt("no program here opens it: open the file yourself");
        }
    }
}
