using System.Globalization;
using MySqlConnector;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Benchmarks.Restoring;

/// <summary>A million rows brought back from the encrypted target, to the first answer over SQL: by the procedure <c>restore</c> and by the
/// stock way, a dump piped into a new server; first as they were backed up, then with 20,000 transactions replayed. Both ways begin with
/// nothing, in the same container; which of the two begins alternates.</summary>
internal static class RestoreBenchmark
{
    private const int Rounds = 5;
    private const int Rows = 1_000_000;
    private const int FewRows = 100_000;
    private const int Transactions = 20_000;
    private const double LeastRatio = 5;
    private const double LeastWithReplay = 3;
    private const double LeastReplay = 1.7;
    private const double MostProof = 0.15;
    private const double MostMemory = 1.2;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Archiving = TimeSpan.FromMinutes(2);

    /// <summary>The table and its rows are on the server without a binary log of them, as on one that has run for long.</summary>
    private const string Made = """
        SET SESSION sql_log_bin = 0;
        CREATE TABLE rows_of_bench (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, at DATETIME(3) NOT NULL, text VARCHAR(255) NOT NULL, answers JSON NOT NULL);
        SET SESSION sql_log_bin = 1;
        CREATE TABLE commits (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, at DATETIME(6) NOT NULL);
        """;

    /// <summary>Reads all that the server holds, and tells the most memory that the program had, in kB. What it still takes in its last
    /// hundredth of a second is not seen.</summary>
    private const string ProofMemory = """
        proof content --server "$DB_HOST" --user root --password-file "$(secret root-password)" >/dev/null &
        peak=0
        while now=$(sed -nE 's/^VmHWM:[^0-9]*([0-9]+) kB$/\1/p' "/proc/$!/status" 2>/dev/null) && [ -n "$now" ]; do
          peak=$now
          sleep 0.01
        done
        wait $!
        [ "$peak" -gt 0 ] || refuse 1 'the proof ended before anybody looked'
        echo "$peak"
        """;

    private static readonly string Transacted = $"""
        DELIMITER //
        CREATE PROCEDURE transact() BEGIN
          DECLARE number INT DEFAULT 0;
          WHILE number < {Transactions} DO
            INSERT INTO rows_of_bench (at, text, answers) VALUES (NOW(3), CONCAT('late ', number, ' ', REPEAT(SHA2(number, 256), 3)), '["me"]');
            SET number = number + 1;
          END WHILE;
        END//
        DELIMITER ;
        CALL transact();
        DROP PROCEDURE transact;
        """;

    private const string Nothing =
        "rm -rf /tmp/target /tmp/stock /tmp/archive /tmp/archive.tail /var/lib/backup/bench; mkdir -p /tmp/target $WORK";

    /// <summary>By the procedure, then a server on what it made, as in production: without an account of it, one of ours.</summary>
    private const string Ours = """
        TARGET=/tmp/target restore
        serve_restored /tmp/target
        """;

    /// <summary>A new server, and the dump piped into it.</summary>
    private const string Stock = """
        serve_empty /tmp/stock
        load "$(in_repository logical dump --tag manifest latest manifest.json | sed -nE 's/.*"dump":"([^"]+)".*/\1/p')"
        """;

    /// <summary>Then the archived binary logs, of which the server leaves out what the dump has.</summary>
    private const string StockReplay = """
        fetch_archive /tmp/archive >/dev/null
        phase stock-replay
        mysqlbinlog /tmp/archive/*/*.[0-9]* | mysql --no-defaults --socket="$SOCKET" --user=recovery --binary-mode
        phase
        """;

    private static string Planted(int first, int last) =>
        $"""
            SET SESSION sql_log_bin = 0;
            SET SESSION cte_max_recursion_depth = {last};
            INSERT INTO rows_of_bench (at, text, answers)
              WITH RECURSIVE numbers AS (SELECT {first} AS number UNION ALL SELECT number + 1 FROM numbers WHERE number < {last})
              SELECT NOW(3), CONCAT(number, ' ', REPEAT(SHA2(number, 256), 3)), '["me", "you"]' FROM numbers;
            """;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await BackedUpServer.StartAsync(cancellationToken);
        var (stack, shell) = (server.Stack, server.Procedures);
        var database = stack.MySqlOptions(stack.Instance(InstanceRole.Mysql)).Database;
        Task ExecuteAsync(string statements) =>
            shell.RunAsync($"donor root <<'SQL'\nUSE {database};\n{statements}\nSQL", cancellationToken);

        await shell.RunAsync("create-accounts; create-repositories", cancellationToken);
        await ExecuteAsync(Made);
        await ExecuteAsync(Planted(1, FewRows));
        var few = await ProofMegabytesAsync(shell, cancellationToken);
        await ExecuteAsync(Planted(FewRows + 1, Rows));
        TellMemory(few, await ProofMegabytesAsync(shell, cancellationToken));
        await TellWhatADonorFeelsAsync(stack, shell, cancellationToken);

        // A new backup of each kind: nothing is to be replayed on it.
        await shell.RunAsync("backup-physical; backup-logical", cancellationToken);
        await AwaitArchivedAsync(stack, shell, cancellationToken);
        var count = $"SELECT COUNT(*) FROM {database}.rows_of_bench";
        var plain = await RoundsAsync(shell, replay: "", count, Rows, cancellationToken);

        await ExecuteAsync(Transacted);
        await AwaitArchivedAsync(stack, shell, cancellationToken);
        var replayed = await RoundsAsync(
            shell,
            StockReplay,
            $"INSERT INTO {database}.commits (at) VALUES (NOW(6)); {count}",
            Rows + Transactions,
            cancellationToken
        );
        Print(plain, replayed);
    }

    private static async Task<double> ProofMegabytesAsync(BackupShell shell, CancellationToken cancellationToken) =>
        double.Parse(await shell.RunAsync(ProofMemory, cancellationToken), CultureInfo.InvariantCulture) * 1024 / 1e6;

    /// <summary>Whether the proof's memory grows with the rows that it reads.</summary>
    private static void TellMemory(double few, double many) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"proof memory: {few:0} MB for {FewRows:N0} rows, {many:0} MB for {Rows:N0}: {many / few:0.00} x, {(many / few <= MostMemory ? "within" : "BEYOND")} {MostMemory}"
            )
        );

    /// <summary>The longest commit on the server that is backed up, without a backup and with one.</summary>
    private static async Task TellWhatADonorFeelsAsync(AttachedStack stack, BackupShell shell, CancellationToken cancellationToken)
    {
        var without = await CommitGap.LongestAsync(stack, Task.Delay(Quiet, cancellationToken), cancellationToken);
        var with = await CommitGap.LongestAsync(stack, shell.RunAsync("backup-physical", cancellationToken), cancellationToken);
        Console.WriteLine(
            $"longest commit on the server: {without:0} ms in {Quiet.TotalSeconds} s without a backup, {with:0} ms while one is made"
        );
    }

    private static async Task<IReadOnlyList<RestoreRound>> RoundsAsync(
        BackupShell shell,
        string replay,
        string answer,
        int rows,
        CancellationToken cancellationToken
    )
    {
        var rounds = new List<RestoreRound>();
        for (var round = 1; round <= Rounds; round++)
        {
            var oursFirst = round % 2 == 1;
            var ours = oursFirst ? await WayAsync(Ours) : default;
            var stock = await WayAsync($"{Stock}\n{replay}");
            if (!oursFirst)
                ours = await WayAsync(Ours);
            rounds.Add(
                new RestoreRound(
                    ours.Seconds,
                    stock.Seconds,
                    stock.Report.Phases.FirstOrDefault(phase => phase.Name == "stock-replay")?.Seconds,
                    ours.Report.Phases
                )
            );
            Console.WriteLine(
                $"round {round}{(replay.Length > 0 ? " with replay" : "")}: restore {ours.Seconds:0.0} s ({string.Join(", ", ours.Report.Phases.Select(phase => $"{phase.Name} {phase.Seconds:0.0}"))}), stock {stock.Seconds:0.0} s"
            );
        }

        return rounds;

        // From nothing to the answer, which must tell of every row.
        async Task<(double Seconds, Recovery.ProcedureReport Report)> WayAsync(string way)
        {
            await shell.RunAsync(Nothing, cancellationToken);
            return await shell.TimeAsync($"{way}\n[ \"$(ask \"{answer}\")\" = {rows} ] || refuse 1 'rows are missing'", cancellationToken);
        }
    }

    private static Task AwaitArchivedAsync(AttachedStack stack, BackupShell shell, CancellationToken cancellationToken) =>
        Eventually.SeeAsync(
            "all that the server has committed is archived",
            Archiving,
            async ct =>
            {
                var executed = await ScalarAsync(stack, "SELECT REPLACE(@@GLOBAL.gtid_executed, '\n', '')", ct);
                var archived = await shell.RunAsync("find-transaction GTID_NEXT | cut -f 1 | grep -m 1 ':[0-9]' || true", ct);
                return (Executed: executed, Archived: archived.Trim());
            },
            seen => seen.Archived.Length > 0 && seen.Archived.Split(':')[^1] == seen.Executed.Split(':', '-')[^1],
            cancellationToken
        );

    private static async Task<string> ScalarAsync(AttachedStack stack, string query, CancellationToken cancellationToken)
    {
        await using var connection = await stack.MySqlAsync(cancellationToken);
        await using var command = new MySqlCommand(query, connection);
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static void Print(IReadOnlyList<RestoreRound> plain, IReadOnlyList<RestoreRound> replayed)
    {
        var (ratio, withoutProof, withReplay, replay, proof) = (
            Medians.Of(plain.Select(round => round.Ratio)),
            Medians.Of(plain.Select(round => round.RatioWithoutProof)),
            Medians.Of(replayed.Select(round => round.Ratio)),
            Medians.Of(replayed.Select(round => round.ReplayRatio)),
            Medians.Of(plain.Select(round => round.ProofShare))
        );
        Console.WriteLine(
            $"medians of {Rounds}: to the first read {Stands(ratio >= LeastRatio, $"at least {LeastRatio} x")} ({withoutProof:0.0} x if it did not wait for the proof, of which the stock way has none), with {Transactions} transactions to the first write {Stands(withReplay >= LeastWithReplay, $"at least {LeastWithReplay} x")}, the replay alone {Stands(replay >= LeastReplay, $"at least {LeastReplay} x")}, the proof {Stands(proof <= MostProof, $"at most {MostProof:0 %}")}"
        );
        Console.WriteLine(
            $"restore: {ratio:0.0} x mysqldump, {withReplay:0.0} x with replay, {replay:0.0} x mysqlbinlog, proof {100 * proof:0} %"
        );
    }

    private static string Stands(bool holds, string bound) => $"{(holds ? "within" : "BEYOND")} {bound}";
}
