using System.Globalization;
using Verification.Gate.Reporting;
using Verification.Gate.Reporting.Scenarios;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate.Scenarios;

public sealed class TellingLinesTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    private RunFolder Run => new(folder.Path);

    [Fact]
    public void Warnings_and_errors_of_services_and_data_stores_are_shown_while_a_fault_lasts_and_no_others()
    {
        Log("server", (5, "WARN before it"), (10, "INFO in it"), (12, "ERROR in it"), (31, "ERROR behind it"));
        Log("redis-node-1", (11, "1:M 24 Nov 2026 12:00:11.000 # Cluster state changed: fail"));
        Log("haproxy", (12, "WARN of somebody else"));
        Log("mysqld-exporter", (12, "ERROR of what tells metrics"));
        Log("mysql-link", (12, "ERROR of what leads there"));

        var shown = Assert.Single(Within(10, 30)).Lines;

        Assert.Equal(
            [(11.0, "redis-node-1", "1:M 24 Nov 2026 12:00:11.000 # Cluster state changed: fail"), (12.0, "server", "ERROR in it")],
            shown.Select(line => ((line.Time - Noon).TotalSeconds, line.Instance, line.Text))
        );
    }

    [Fact]
    public void Each_scenario_has_those_of_its_own_faults_from_all_stages()
    {
        Log("chaos-artemis-pair/server", (1, "WARN of the first"), (11, "WARN of the second"));
        Log("load-artemis-single/server", (21, "WARN of the second, too"));

        var excerpts = new TellingLines(Run, Redaction.Of(Run)).Within([
            [At(0, 5)],
            [At(10, 15), At(20, 25)],
            [],
        ]);

        Assert.Equal(
            ["WARN of the first | ", "WARN of the second | WARN of the second, too | ", ""],
            excerpts.Select(excerpt => string.Concat(excerpt.Lines.Select(line => $"{line.Text} | ")))
        );
    }

    [Fact]
    public void Of_many_the_errors_and_the_first_are_kept_and_what_says_the_same_is_counted()
    {
        Log(
            "server",
            [
                .. Enumerable
                    .Range(0, 50)
                    .Select(number => (10.0 + (number / 10.0), $"WARN buff {number} waits for 172.18.0.{number}:61613")),
                .. Enumerable.Range(0, 15).Select(number => (16.0 + number, $"WARN {(char)('a' + number)}")),
                (29, "ERROR gave up"),
            ]
        );

        var excerpt = Assert.Single(Within(10, 40));

        Assert.Equal(TellingLines.Most, excerpt.Lines.Count);
        Assert.Equal("WARN buff 0 waits for 172.18.0.0:61613 (×50)", excerpt.Lines[0].Text);
        Assert.Equal("WARN j", excerpt.Lines[10].Text);
        Assert.Equal("ERROR gave up", excerpt.Lines[11].Text);
        Assert.Equal(5, excerpt.Omitted);
    }

    [Fact]
    public void A_long_one_is_cut_when_its_secrets_are_gone()
    {
        folder.File("secrets/mysql-password", "Xy7abcdefgh\n");
        Log("mysql", (12, $"[Warning] {new string('x', 184)} Xy7abcdefgh and password=hunter2 {new string('y', 300)}"));

        var text = Assert.Single(Assert.Single(Within(10, 30)).Lines).Text;

        Assert.Equal($"[Warning] {new string('x', 184)} ••• a…", text);
        Assert.Equal(TellingLines.Longest + 1, text.Length);
    }

    [Fact]
    public void A_run_without_logs_has_none() => Assert.Empty(Assert.Single(Within(10, 30)).Lines);

    [Theory]
    [InlineData("2026-11-24T12:00:11.123456Z 8 [Warning] [MY-010055] [Server] Aborted connection", "Warning")]
    [InlineData("2026-11-24T12:00:11.123456Z 0 [ERROR] [MY-011300] [Server] Plugin semisync_source reported", "Error")]
    [InlineData("2026-11-24T12:00:11.123456Z 0 [System] [MY-010931] [Server] ready for connections", "Other")]
    [InlineData("2026-11-24 12:00:11,123 WARN  [org.apache.activemq.artemis.core.client] AMQ212037: Connection failure", "Warning")]
    [InlineData("2026-11-24 12:00:11,123 INFO  [org.apache.activemq.artemis] AMQ221000: a journal with error-tolerance", "Other")]
    [InlineData(" WARN | Transport Connection to: tcp://172.18.0.2:61613 failed", "Warning")]
    [InlineData("1:M 24 Nov 2026 12:00:11.123 # Cluster state changed: fail", "Warning")]
    [InlineData("1:M 24 Nov 2026 12:00:11.123 # Error condition on socket for SYNC", "Warning")]
    [InlineData("1:M 24 Nov 2026 12:00:11.123 * Ready to accept connections", "Other")]
    [InlineData("{\"LogLevel\":\"Information\",\"Message\":\"an error that was expected\"}", "Other")]
    [InlineData("{\"broken\": WARN", "Warning")]
    public void The_severity_of_a_line_is_what_it_says_of_itself(string line, string severity) =>
        Assert.Equal((severity, line.StartsWith("{\"L", StringComparison.Ordinal) ? "an error that was expected" : line), Told(line));

    [Fact]
    public void Of_JSON_its_message_is_shown_with_the_first_line_of_what_was_thrown()
    {
        const string Line =
            """{"Timestamp":"2026-11-24T12:00:11.000Z","LogLevel":"Error","Category":"Server","Message":"could not store","Exception":"MySqlException: away\n   at Store"}""";

        Assert.Equal(("Error", "could not store: MySqlException: away"), Told(Line));
    }

    public void Dispose() => folder.Dispose();

    private static (string Severity, string Text) Told(string line)
    {
        var (severity, text) = LineSeverities.Of(line);
        return ($"{severity}", text);
    }

    private static (DateTimeOffset From, DateTimeOffset To) At(double from, double to) => (Noon.AddSeconds(from), Noon.AddSeconds(to));

    private IReadOnlyList<TellingExcerpt> Within(double from, double to) =>
        new TellingLines(Run, Redaction.Of(Run)).Within([
            [At(from, to)],
        ]);

    private void Log(string instance, params IReadOnlyList<(double Second, string Text)> lines) =>
        folder.File(
            $"logs/{instance}.log",
            string.Concat(
                lines.Select(line =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Noon.AddSeconds(line.Second):yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'} {line.Text}\n"
                    )
                )
            )
        );
}
