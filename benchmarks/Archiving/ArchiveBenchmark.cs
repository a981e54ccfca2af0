using System.Diagnostics;
using System.Globalization;
using Verification.Benchmarks.Restoring;

namespace Verification.Benchmarks.Archiving;

/// <summary>The archiver's uploads of the open binary log, two thousand of them without a pause, while rows are written and logs are
/// closed: does the last one take as long as the first, and what does the repository <c>tail</c> hold behind each log that was
/// closed?</summary>
internal static class ArchiveBenchmark
{
    private const int Uploads = 2_000;
    private const int Window = 200;
    private const int UploadsOfALog = 40;
    private const double MostSlowdown = 1.25;
    private const double MostGrowth = 2;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Stalled = TimeSpan.FromMinutes(2);

    /// <summary>One more archiver, under an id and in repositories of its own (that of the stack takes a second between two looks), and
    /// somebody who writes ten rows a second.</summary>
    private const string Begin = """
        donor root 'CREATE SCHEMA bench'
        donor root 'CREATE TABLE bench.commits (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, at DATETIME(6) NOT NULL)'
        export REPOSITORY=$REPOSITORY/bench
        create-repositories
        export WORK=/var/lib/backup/bench-archive METRICS=/tmp/bench.prom
        ARCHIVER_SERVER_ID=4294967200 BETWEEN=0 nohup archive-binlogs >/tmp/bench.log 2>&1 </dev/null &
        { while sleep 0.1; do echo 'INSERT INTO bench.commits (at) VALUES (NOW(6));'; done | donor root; } >/dev/null 2>&1 </dev/null &
        """;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await BackedUpServer.StartAsync(cancellationToken);
        await server.Procedures.RunAsync($"create-accounts\n{Begin}", cancellationToken);
        var watch = Stopwatch.StartNew();
        var (uploads, rotated) = (0, 0);
        var last = TimeSpan.Zero;
        var reached = new List<TimeSpan> { TimeSpan.Zero };
        var held = new List<(int Objects, double Megabytes)>();
        while (uploads < Uploads)
        {
            await Task.Delay(Look, cancellationToken);
            var seen = await CountAsync(server, cancellationToken);
            if (seen > uploads)
                (uploads, last) = (seen, watch.Elapsed);
            else if (watch.Elapsed - last > Stalled)
                throw new InvalidOperationException(
                    $"after {uploads} uploads nothing went up for {Stalled.TotalMinutes} min: {await server.Procedures.RunAsync("tail -n 3 /tmp/bench.log", cancellationToken)}"
                );
            while (reached.Count <= uploads / Window)
                reached.Add(watch.Elapsed);
            if (uploads / UploadsOfALog == rotated)
                continue;
            rotated = uploads / UploadsOfALog;
            // What is held just before a log is closed is the most that there is of it.
            held.Add(await HeldAsync(server, cancellationToken));
            await server.Procedures.RunAsync("rotate-binlogs", cancellationToken);
            if (rotated % (Window / UploadsOfALog) == 0)
                Console.WriteLine(
                    $"{uploads} uploads, {watch.Elapsed.TotalSeconds:0} s; tail holds {held[^1].Objects} objects, {held[^1].Megabytes:0.0} MB"
                );
        }

        Print(reached, held);
    }

    private static async Task<int> CountAsync(BackedUpServer server, CancellationToken cancellationToken) =>
        int.Parse(
            await server.Procedures.RunAsync("grep -c '\"fact\":\"archived\"' /tmp/bench.log || true", cancellationToken),
            CultureInfo.InvariantCulture
        );

    private static async Task<(int Objects, double Megabytes)> HeldAsync(BackedUpServer server, CancellationToken cancellationToken)
    {
        var told = await server.Procedures.RunAsync(
            "REPOSITORY=$REPOSITORY/bench; echo $(in_repository tail list packs --no-lock | wc -l) $(in_repository tail stats --no-lock --mode raw-data --json | sed -nE 's/.*\"total_size\":([0-9]+).*/\\1/p')",
            cancellationToken
        );
        var figures = told.Split(' ', StringSplitOptions.TrimEntries);
        return (int.Parse(figures[0], CultureInfo.InvariantCulture), double.Parse(figures[1], CultureInfo.InvariantCulture) / 1e6);
    }

    private static void Print(IReadOnlyList<TimeSpan> reached, IReadOnlyList<(int Objects, double Megabytes)> held)
    {
        var slowdown = (reached[^1] - reached[^2]) / (reached[1] - reached[0]);
        var (objects, megabytes) = (GrowthOf(each => each.Objects), GrowthOf(each => each.Megabytes));
        Console.WriteLine(
            $"the last {Window} uploads beside the first {Stands(slowdown, MostSlowdown)}; the most that tail holds, in the last quarter beside the first: objects {objects:0.00} x, {Stands(objects, MostGrowth)}, MB {megabytes:0.00} x, {Stands(megabytes, MostGrowth)}"
        );
        Console.WriteLine(
            $"archive: {Uploads} uploads, {(reached[1] - reached[0]).TotalSeconds / Window:0.00} s each, {slowdown:0.00} x at the end, tail at most {held.Max(each => each.Objects)} objects and {held.Max(each => each.Megabytes):0.0} MB"
        );

        // What there is at most in the last quarter, as many times what there is in the first.
        double GrowthOf(Func<(int Objects, double Megabytes), double> figure) =>
            held.TakeLast(held.Count / 4).Max(figure) / held.Take(held.Count / 4).Max(figure);

        static string Stands(double ratio, double most) => $"{(ratio <= most ? "within" : "BEYOND")} {most} x";
    }
}
