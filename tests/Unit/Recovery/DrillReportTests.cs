using Verification.Objectives;
using Verification.Recovery;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class DrillReportTests
{
    private static readonly DateTimeOffset Accident = new(2026, 11, 29, 14, 0, 0, 250, TimeSpan.Zero);

    private static readonly DrillRecord Record = new()
    {
        Drill = "cluster-lost",
        Tools = new DrillTools(
            "registry.example/backup:9.7",
            "sha256:abc",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["mysqld"] = "9.7.4", ["restic"] = "0.19.0" },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["restore"] = "0f0f" }
        ),
        Findings = DrillFindings.Of([(true, "No buff stands twice."), (false, "Each buff stands.")], ["the weather."]),
        Rows = 20_000,
        Backup = [new ProcedurePhase("clone", Accident.AddMinutes(-1), Accident.AddSeconds(-58))],
        Recovery = [new ProcedurePhase("lost", Accident, Accident.AddMilliseconds(1500))],
        FirstReadSeconds = 10.5,
        LostSeconds = 2,
        Lost = [new LostBuff("buff 7", 2), new LostBuff("buff 9", 0.5)],
        Listings = new ListTimes(2, 30, 1, 0.025, 0.125),
        Differences = ["sync_binlog is\n0"],
        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["restore gtid"] = "a:1-9" },
    };

    [Theory]
    [InlineData("# Drill cluster-lost")]
    [InlineData("All of it: `checks/drill-1.json`. Times are UTC.")]
    [InlineData("| backup | clone | 2026-11-29 13:59:00.250 | 2.000 |")]
    [InlineData("| recovery | lost | 2026-11-29 14:00:00.250 | 1.500 |")]
    [InlineData("* image `registry.example/backup:9.7`, `sha256:abc`")]
    [InlineData("* mysqld 9.7.4")]
    [InlineData("* `restore`, SHA-256 `0f0f`")]
    [InlineData("* from the accident to the first good answer to a GET: 10.500 s")]
    [InlineData("* lost buffs: 2, the latest acknowledged 0.500 s before the accident; the record names each with its age")]
    [InlineData("* GET meanwhile, 2 a second: 30 answered, 1 not, p95 0.025 s, the longest 0.125 s")]
    [InlineData("* restore gtid: a:1-9")]
    [InlineData("* No buff stands twice.")]
    [InlineData("* It was not so: Each buff stands.")]
    [InlineData("* Not looked at: the weather.")]
    [InlineData("* It differs: sync_binlog is 0")]
    public void It_tells_what_was_done_by_what_measured_and_proven(string line) =>
        Assert.Contains(line, DrillReport.Of(Record, "checks/drill-1.json").Split('\n'));

    [Fact]
    public void What_was_not_measured_it_does_not_tell() =>
        Assert.DoesNotContain("until a buff that was posted", DrillReport.Of(Record, "f"), StringComparison.Ordinal);

    [Fact]
    public void What_held_is_proven_and_nothing_else()
    {
        Assert.Equal(["No buff stands twice."], Record.Findings.Proven);
        Assert.Equal(["It was not so: Each buff stands.", "Not looked at: the weather."], Record.Findings.NotProven.Take(2));
    }

    [Fact]
    public void It_is_kept_beside_the_record()
    {
        using var folder = new TemporaryFolder();
        var run = new RunFolder(folder.Path);

        Assert.Equal(
            ["checks/drill-a-cluster-is-lost-1.json", "checks/drill-cluster-lost-1.md"],
            DrillFiles.Keep(run, "A cluster is lost", Record)
        );
        Assert.Contains(
            "`checks/drill-a-cluster-is-lost-1.json`",
            File.ReadAllText(Path.Combine(run.Checks, "drill-cluster-lost-1.md")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Programs_tell_their_versions_and_procedures_are_known_by_their_content()
    {
        var tools = DrillTools.Of(
            "image",
            "digest",
            "/usr/sbin/mysqld  Ver 9.7.4 for Linux on x86_64 (Source distribution)\nrestic 0.19.0 compiled with go1.24 on linux/amd64\n",
            Path.Combine(Files.Root, "config", "backup")
        );

        Assert.Equal(("9.7.4", "0.19.0"), (tools.Versions["mysqld"], tools.Versions["restic"]));
        Assert.Contains("restore", tools.Procedures.Keys);
        Assert.All(tools.Procedures.Values, digest => Assert.Equal(64, digest.Length));
    }

    [Fact]
    public void A_drill_of_the_latest_backup_that_is_refused_proves_nothing()
    {
        var fetched = new ProcedureReport(Record.Recovery, new Dictionary<string, string>(StringComparer.Ordinal), "nothing is there");
        var record = new LatestDrillOutcome(fetched, Restored: null, Metrics: null).ToRecord(Record.Tools);

        Assert.Empty(record.Findings.Proven);
        Assert.Null(record.PointSeconds);
        Assert.Equal(["nothing is there"], record.Differences);
    }

    [Fact]
    public void A_drill_of_the_latest_backup_tells_how_old_its_heartbeat_was()
    {
        var fetched = new ProcedureReport([], new Dictionary<string, string>(StringComparer.Ordinal) { ["bytes"] = "7" }, Refusal: null);
        var restored = fetched with
        {
            Phases = Record.Recovery,
            Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["heartbeat"] = "1.25", ["gtid"] = "a:1-9" },
        };
        var record = new LatestDrillOutcome(fetched, restored, "metrics").ToRecord(Record.Tools);

        Assert.Single(record.Findings.Proven);
        Assert.Equal(1.25, record.PointSeconds);
        Assert.Equal(Record.Recovery, record.Recovery);
        Assert.Equal(("7", "a:1-9"), (record.Facts["fetch bytes"], record.Facts["drill gtid"]));
    }
}
