using System.Diagnostics;
using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Runs;

namespace Verification.Benchmarks.Recording;

/// <summary>A million history lines written by one process, then read back, accounted for, judged and drawn in the reports.</summary>
internal static class RecordBenchmark
{
    private const int Rounds = 3;
    private const double LeastPerSecond = 200_000;
    private const double MostSeconds = 15;
    private const double MostMegabytes = 500;
    private const string Objective = "persistence.row-per-post";
    private static readonly RecordedLoad Load = new(500_000);
    private static readonly RecordedLoad WarmUp = new(5_000);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        using var machine = await MachineLock.TakeAsync(
            holder => Console.WriteLine($"{holder} measures on this machine: waiting for it"),
            cancellationToken
        );
        var root = ProjectRoot.Find();
        Round(root, WarmUp);
        Console.WriteLine(
            $"{Load.Lines} lines by {Environment.ProcessorCount} threads of one process, gathered for {Buffering.OfLoad.Every.TotalMilliseconds} ms or {Buffering.OfLoad.Bytes / 1024} KiB"
        );
        var figures = new List<RecordFigures>();
        for (var round = 1; round <= Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            figures.Add(Round(root, Load));
            Console.WriteLine($"round {round}: {figures[^1].PerSecond:0}/s written, {figures[^1].Seconds:0.0} s to judge and draw");
        }

        var (perSecond, seconds, megabytes) = (
            Medians.Of(figures.Select(each => each.PerSecond)),
            Medians.Of(figures.Select(each => each.Seconds)),
            PeakMegabytes()
        );
        Console.WriteLine(
            $"medians of {Rounds}, peak of all: written {Stands(perSecond >= LeastPerSecond, $"at least {LeastPerSecond}/s")}, judged and drawn {Stands(seconds <= MostSeconds, $"at most {MostSeconds} s")}, peak working set {Stands(megabytes <= MostMegabytes, $"at most {MostMegabytes} MB")}"
        );
        Console.WriteLine($"record: {perSecond:0}/s written, {seconds:0.0} s to judge and draw, {megabytes:0} MB");
    }

    private static RecordFigures Round(ProjectRoot root, RecordedLoad load)
    {
        var folder = new RunFolder(Directory.CreateTempSubdirectory("verification-record-").FullName);
        try
        {
            var started = DateTimeOffset.UtcNow;
            var watch = Stopwatch.StartNew();
            using (var log = HistoryLog.Open(folder.History, TimeProvider.System, Buffering.OfLoad))
                load.Record(log);
            var written = watch.Elapsed;
            var rows = load.Rows();
            watch.Restart();
            JudgeAndDraw(root, folder, rows, started);
            return new RecordFigures(load.Lines / written.TotalSeconds, watch.Elapsed.TotalSeconds);
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    /// <summary>From the history to a verdict that fails for just the buffs that the table lacks, and all its reports.</summary>
    /// <exception cref="InvalidDataException">It is another verdict.</exception>
    private static void JudgeAndDraw(ProjectRoot root, RunFolder folder, Dictionary<string, long> rows, DateTimeOffset started)
    {
        var gates = GatesFile.Read(root.Gates);
        var account = Ledger.Check(HistoryLog.Stream(folder.History), rows);
        using (var log = new EvidenceLog(folder.Evidence))
            new EvidenceRecorder(gates, log, TimeProvider.System).Record(
                Measurement.OfAccount(Objective, account),
                nameof(RecordBenchmark)
            );
        var record = DocumentReader.Read(Path.Combine(root.Path, "schemas", "golden", "run.json"), "run").As<RunRecord>() with
        {
            Only = [Objective],
            StartedAt = started,
            Tests = [],
        };
        using var evidence = new EvidenceLog(folder.Evidence);
        var verdict = ReleaseJudge.Judge(gates, record, evidence.Read(), DateTimeOffset.UtcNow);
        Reports.Write(new StoredRun(folder, record, verdict, HistoryLog.Stream(folder.History)));
        if (account.Faults != RecordedLoad.Lost || verdict.Verdict != Verdict.Fail)
            throw new InvalidDataException(
                $"{RecordedLoad.Lost} buffs were lost and the verdict should be FAIL; it is {verdict.Verdict}: {account.Diagnosis}"
            );
    }

    private static double PeakMegabytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1e6;
    }

    private static string Stands(bool holds, string bound) => $"{(holds ? "within" : "BEYOND")} {bound}";
}
