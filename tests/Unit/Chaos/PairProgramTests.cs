using System.Diagnostics;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Chaos;

/// <summary>The programs of <c>config/mysql</c>, before a <c>mysql</c> that answers as it is told to.</summary>
public sealed class PairProgramTests : IDisposable
{
    private const string Mysql = """
        #!/bin/bash
        for argument in "$@"; do
          case "$argument" in --host=*) host=${argument#*=} ;; --execute=*) sql=${argument#*=} ;; esac
        done
        sql=${sql-$(cat)}
        echo "$host: ${sql//$'\n'/ }" >>"${0%/*}/asked"
        while IFS='|' read -r at part code answer; do
          if [ "$at" = "$host" ] && [[ $sql == *"$part"* ]]; then
            printf '%b' "$answer"
            exit "$code"
          fi
        done <"${0%/*}/answers"
        """;

    private const string Here = "127.0.0.1";
    private const string ReadOnly = $"{Here}|SELECT @@GLOBAL.read_only|0|1";
    private const string Follows = $"{Here}|SHOW REPLICA STATUS|0|Source_Host\\tRetrieved_Gtid_Set\\tReplica_IO_Running\\tLast_IO_Error\\n";
    private const string Received = $"{Follows}old\\tuuid:1-9\\tConnecting\\terror reconnecting to source";
    private const string Unreached = $"{Follows}old\\t\\tConnecting\\terror connecting to source";
    private const string Idle = $"{Follows}old\\t\\tConnecting\\terror reconnecting to source";
    private const string TakenOver = $"{Here}|WAIT_FOR_EXECUTED|0|0";
    private const string Refused = "old||1|ERROR 2003 (HY000): Can't connect to MySQL server on 'old:3306' (111)";
    private const string Unknown = "old||1|ERROR 2005 (HY000): Unknown MySQL server host 'old' (-2)";
    private const string Silent = "old||124|";
    private const string Opens = "SET GLOBAL read_only = OFF";
    private readonly OwnFolder folder = new();

    /// <summary>What is given to <c>promote</c>, what the servers answer, and how it ends.</summary>
    public static TheoryData<string, string[], int, string> Promotions =>
        new()
        {
            { "", [ReadOnly, Received, TakenOver, Refused], 0, "this server is the source" },
            { "", [ReadOnly, Idle, TakenOver, Refused], 0, "this server is the source" },
            { "", [ReadOnly, Unreached, TakenOver, Refused], 3, "has not reached it since its own start" },
            { "--discard", [ReadOnly, Unreached, TakenOver, Refused], 0, "this server is the source" },
            { "", [ReadOnly, Received, TakenOver, Unknown], 3, "could not be fenced (ERROR 2005" },
            { "--fenced", [ReadOnly, Received, TakenOver, Unknown], 0, "this server is the source" },
            { "--fenced", [ReadOnly, Unreached, TakenOver, Unknown], 3, "has not reached it since its own start" },
            { "", [ReadOnly, Received, TakenOver, Silent], 3, "could not be fenced (no answer within 5 s)" },
            { "", [ReadOnly, Received, $"{Here}|WAIT_FOR_EXECUTED|0|1", "old||0|"], 3, "not all of what old has written was taken over" },
            { "", [ReadOnly], 3, "follows no source" },
            { "--first old", [ReadOnly, Received], 3, "leave out --first old" },
            { "--first old", [ReadOnly, "old|read_only|0|0"], 3, "takes writes, so this server is to follow it: rejoin old" },
            { "--first old", [ReadOnly, "old|SELECT @@GLOBAL.read_only|0|1", $"{Here}|GTID_SUBSET|0|0"], 3, "promote old" },
            { "--first old", [ReadOnly, "old|SELECT @@GLOBAL.read_only|0|1", $"{Here}|GTID_SUBSET|0|1"], 0, "this server is the source" },
            { "--first old", [ReadOnly, Refused], 3, "start old, and try again" },
            { "--first old --fenced", [ReadOnly, Unknown], 3, "start old, and try again" },
            { "--first old --discard", [ReadOnly, Refused], 0, "this server is the source" },
            { "--first", [], 2, "--first wants the host" },
            { "--force", [], 2, "'--force' is no option" },
        };

    [Theory]
    [MemberData(nameof(Promotions))]
    public async Task A_server_is_promoted_only_where_no_other_takes_writes_and_nothing_acknowledged_is_missing(
        string options,
        string[] answers,
        int code,
        string told
    )
    {
        var (ended, output, asked) = await RunAsync("promote", options, answers);

        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.Equal(code, ended);
        Assert.Equal(code == 0, asked.Any(each => each.Contains(Opens, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_source_that_lives_is_fenced_before_its_replica_takes_writes()
    {
        var (_, _, asked) = await RunAsync(
            "promote",
            "",
            [ReadOnly, Received, TakenOver, "old|gtid_executed|0|uuid:1-12,\\nother:1-3", "old||0|"]
        );

        var fenced = asked.IndexOf("old: SET GLOBAL super_read_only = ON");
        var taken = asked.FindIndex(each =>
            each.Contains("WAIT_FOR_EXECUTED_GTID_SET('uuid:1-12,other:1-3', 60)", StringComparison.Ordinal)
        );
        var opened = asked.FindIndex(each => each.Contains(Opens, StringComparison.Ordinal));
        Assert.True(fenced >= 0 && fenced < taken && taken < opened, string.Join('\n', asked));
    }

    /// <summary>Under writes one that follows has a moment later what its source had not when that was asked: it would be cloned in
    /// vain. And a clone waits for commits, which wait for a replica.</summary>
    [Fact]
    public async Task What_is_to_follow_is_asked_before_its_source_and_a_source_that_is_cloned_waits_for_nobody()
    {
        const string Had = $"{Here}|SELECT @@GLOBAL.gtid_executed|0|uuid:1-12";
        const string TakesWrites = "old|SELECT @@GLOBAL.read_only|0|0";
        var (ended, _, asked) = await RunAsync(
            "rejoin",
            "old --discard",
            [ReadOnly, Had, TakesWrites, $"{Here}|GTID_SUBTRACT('uuid:1-12'|0|uuid:12", $"{Here}|GTID_SUBSET('uuid:1-12'|0|0"]
        );

        var own = asked.FindIndex(each => each == $"{Here}: SELECT @@GLOBAL.gtid_executed");
        var others = asked.FindIndex(each => each == "old: SELECT @@GLOBAL.gtid_executed");
        var released = asked.FindIndex(each => each == "old: SET GLOBAL rpl_semi_sync_source_enabled = OFF");
        var cloned = asked.FindIndex(each => each.Contains("CLONE INSTANCE", StringComparison.Ordinal));
        Assert.Equal(5, ended);
        Assert.True(own >= 0 && own < others && others < released && released < cloned, string.Join('\n', asked));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Events_that_came_by_replication_are_enabled_and_one_that_can_not_be_undoes_nothing(int code)
    {
        const string Enable = "ALTER DEFINER = 'a'@'%' EVENT `buffs`.`e` ENABLE;";
        var (ended, output, asked) = await RunAsync(
            "promote",
            "",
            [ReadOnly, Received, TakenOver, Refused, $"{Here}|information_schema.EVENTS|0|{Enable}", $"{Here}|ALTER DEFINER|{code}|"]
        );

        Assert.Equal(0, ended);
        Assert.Contains($"{Here}: {Enable}", asked);
        Assert.Equal(code != 0, output.Contains("not every event could be enabled", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Promotion_gives_the_services_the_right_to_see_how_late_a_replica_is_and_goes_on_where_it_can_not(int code)
    {
        var (ended, output, asked) = await RunAsync(
            "promote",
            "",
            [ReadOnly, Received, TakenOver, Refused, $"{Here}|GRANT REPLICATION CLIENT|{code}|"]
        );

        Assert.Equal(0, ended);
        Assert.Contains($"{Here}: GRANT REPLICATION CLIENT ON *.* TO 'sportbuff'@'%'", asked);
        Assert.Equal(code != 0, output.Contains("does not get the right", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("new", "uuid:7-9", 3, "this server alone has uuid:7-9")]
    [InlineData("new --discard", "uuid:7-9", 5, "it clones new")]
    [InlineData("new", "", 5, "it clones new")]
    [InlineData("new --force", "", 2, "--discard or nothing")]
    [InlineData("", "", 2, "the host of the source is wanted")]
    public async Task What_only_one_server_has_is_cloned_over_only_where_that_is_asked_for(
        string options,
        string own,
        int code,
        string told
    )
    {
        var (ended, output, asked) = await RunAsync(
            "rejoin",
            options,
            [ReadOnly, "new|read_only|0|0", $"{Here}|GTID_SUBTRACT|0|{own}", $"{Here}|GTID_SUBSET|0|0", "new||0|"]
        );

        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.Equal(code, ended);
        Assert.Equal(code == 5, asked.Any(each => each.Contains("CLONE INSTANCE", StringComparison.Ordinal)));
    }

    private const string OneFollows = "one|SHOW REPLICA STATUS|0|Source_Host\\tReplica_IO_Running\\tReplica_SQL_Running\\ntwo\\tYes\\tYes";
    private const string TwoFollows =
        "two|SHOW REPLICA STATUS|0|Source_Host\\tRetrieved_Gtid_Set\\tReplica_IO_Running\\tReplica_SQL_Running\\none\\tuuid:1-9\\tYes\\tYes";
    private const string OneIsNew = "one|information_schema.TABLES|0|0";
    private const string TwoIsNew = "two|information_schema.TABLES|0|0";
    private const string OneWrites = "one|SELECT @@GLOBAL.read_only|0|0";
    private const string TwoWrites = "two|SELECT @@GLOBAL.read_only|0|0";
    private const string OneReads = "one|SELECT @@GLOBAL.read_only|0|1";
    private const string TwoReads = "two|SELECT @@GLOBAL.read_only|0|1";
    private const string OneWaits = "one|rpl_semi_sync_source_enabled|0|1";
    private const string TwoWaits = "two|rpl_semi_sync_source_enabled|0|1";
    private const string Subset = "|SELECT GTID_SUBSET|0|1";
    private const string CaughtUp = "|WAIT_FOR_EXECUTED|0|0";

    /// <summary>What the two servers answer to <c>form one two</c>, how it ends, and which of them it opens for writes.</summary>
    public static TheoryData<string[], int, string, string?> Formations =>
        new()
        {
            // A pair that stands is left alone, whichever is its source.
            { [OneWrites, TwoReads, TwoFollows, OneWaits, "one||0|", "two||0|"], 0, "two follows one", null },
            { [OneReads, TwoWrites, OneFollows, TwoWaits, "one||0|", "two||0|"], 0, "one follows two", null },
            // Of two that have rows nobody is opened by a deployment.
            {
                [OneReads, TwoReads, TwoFollows, "one|TABLES|0|1", "two|TABLES|0|1", "one||0|", "two||0|"],
                3,
                "neither one nor two takes writes",
                null
            },
            { [OneWrites, TwoWrites, "one||0|", "two||0|"], 3, "both take writes", null },
            // A source that has lost its replica gets it again.
            {
                [OneReads, TwoWrites, $"one{Subset}", $"one{CaughtUp}", "one|TABLES|0|1", "one||0|", "two||0|"],
                0,
                "this server follows two",
                null
            },
            // What only the other has is kept where it has been in use.
            {
                [OneReads, TwoWrites, "one|GTID_SUBTRACT|0|uuid:7-9", "one|TABLES|0|1", "one||0|", "two||0|"],
                3,
                "this server alone has uuid:7-9",
                null
            },
        };

    [Theory]
    [MemberData(nameof(Formations))]
    public async Task A_deployment_gives_a_source_its_replica_and_never_decides_which_of_two_with_rows_takes_writes(
        string[] answers,
        int code,
        string told,
        string? opened
    )
    {
        var (ended, output, asked) = await RunAsync("form", "one two", answers);

        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.Equal(code, ended);
        Assert.Equal(opened, OpenedBy(asked));
    }

    [Fact]
    public async Task At_the_first_start_the_first_of_two_empty_servers_is_opened()
    {
        var (_, output, asked) = await RunAsync(
            "form",
            "one two",
            [OneReads, TwoReads, OneIsNew, TwoIsNew, $"one{Subset}", "one||0|", "two||0|"]
        );

        Assert.Contains("this server is the source", output, StringComparison.Ordinal);
        Assert.Equal("one", OpenedBy(asked));
    }

    /// <summary>What the two servers answer to <c>relieve one two</c>, with what <c>END</c> ends, how it ends, and which it
    /// opens.</summary>
    public static TheoryData<string[], string, int, string, string?> Reliefs =>
        new()
        {
            {
                [OneReads, TwoReads, TwoFollows, $"two{CaughtUp}", TwoWrites, "one||0|", "two||0|"],
                "false",
                4,
                "see to that with rejoin",
                "two"
            },
            { ["one||1|ERROR 2005", TwoReads, TwoFollows, $"two{CaughtUp}", "two||0|"], "false", 3, "one could not be ended", null },
            {
                ["one||1|ERROR 2005", TwoReads, TwoFollows, $"two{CaughtUp}", "two||0|"],
                "true",
                4,
                "two takes writes, and one does not",
                "two"
            },
            {
                ["one||1|(111)", TwoReads, TwoFollows, $"two{CaughtUp}", "two||0|"],
                "false",
                4,
                "two takes writes, and one does not",
                "two"
            },
        };

    [Theory]
    [MemberData(nameof(Reliefs))]
    public async Task A_replica_is_promoted_from_elsewhere_once_its_source_is_fenced_or_has_ended(
        string[] answers,
        string end,
        int code,
        string told,
        string? opened
    )
    {
        var (ended, output, asked) = await RunAsync("relieve", "one two", answers, end);

        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.Equal(code, ended);
        Assert.Equal(opened, OpenedBy(asked));
    }

    public void Dispose() => folder.Dispose();

    private static string? OpenedBy(IEnumerable<string> asked) =>
        asked.Where(each => each.Contains(Opens, StringComparison.Ordinal)).Select(each => each.Split(':')[0]).SingleOrDefault();

    private async Task<(int Code, string Output, List<string> Asked)> RunAsync(
        string program,
        string options,
        string[] answers,
        string end = "false"
    )
    {
        File.SetUnixFileMode(folder.Holding("mysql", Mysql), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        folder.Holding("answers", string.Concat(answers.Select(answer => $"{answer}\n")));
        var asked = folder.Holding("asked", "");
        var start = new ProcessStartInfo("bash", $"{Path.Combine(Files.Root, "config", "mysql", program)} {options}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PATH"] = $"{folder.Path}:{start.Environment["PATH"]}";
        start.Environment["MYSQL_ROOT_PASSWORD"] = "root";
        start.Environment["MYSQL_REPLICATION_PASSWORD"] = "replication";
        (start.Environment["MYSQL_DATABASE"], start.Environment["MYSQL_USER"]) = ("sportbuff", "sportbuff");
        (start.Environment["START"], start.Environment["END"]) = ("1", end);
        using var process = Process.Start(start)!;
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error, [.. await File.ReadAllLinesAsync(asked)]);
    }
}
