using System.Text.RegularExpressions;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

/// <summary>What is said of the procedures of <c>config/backup</c> in more than one place, and what they may do.</summary>
public sealed partial class BackupProceduresTests
{
    private static readonly string Folder = Path.Combine(Files.Root, "config", "backup");

    [Fact]
    public void Every_procedure_is_deployed() =>
        Assert.Equal(
            Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
            Listed().Match(Read("environments", "releases", "backup.yaml.gotmpl")).Groups["names"].Value.Split(' ')
        );

    [Fact]
    public void Every_exit_code_is_explained()
    {
        var told = Row().Matches(Read("docs", "recovery.md")).Select(row => row.Groups["code"].Value);

        Assert.Empty(
            Directory
                .EnumerateFiles(Folder)
                .SelectMany(file => Refused().Matches(File.ReadAllText(file)))
                .Select(refused => refused.Groups["code"].Value)
                .Except(told, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Each_account_has_what_it_needs_and_nothing_else()
    {
        var made = File.ReadAllText(Path.Combine(Folder, "create-accounts"));

        Assert.Equal(
            [
                "BACKUP_ADMIN ON *.* TO 'backup'@'%'",
                "RELOAD ON *.* TO 'rotator'@'%'",
                "REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'archiver'@'%'",
                "SELECT, SHOW VIEW, TRIGGER, EVENT, PROCESS, RELOAD, REPLICATION CLIENT, SHOW_ROUTINE ON *.* TO 'dumper'@'%'",
                "SELECT, UPDATE ON heartbeat.beats TO 'heartbeat'@'%'",
            ],
            Granted().Matches(made).Select(grant => grant.Groups["what"].Value).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            Granted().Count(made),
            made.Split('\n')
                .Count(line =>
                    line.StartsWith("CREATE USER", StringComparison.Ordinal) && line.EndsWith("REQUIRE SSL;", StringComparison.Ordinal)
                )
        );
    }

    /// <summary>What is deployed of them; a cluster is not asked.</summary>
    [Theory]
    [InlineData("archiver.yaml", "strategy: {type: Recreate}")]
    [InlineData("archiver.yaml", "replicas: 1")]
    [InlineData("jobs.yaml", "concurrencyPolicy: Forbid")]
    [InlineData("jobs.yaml", "backoffLimit: 0")]
    // Each job, the one that closes binary logs too, speaks to the server that is archived: a replica closes its own.
    [InlineData("jobs.yaml", "\"server\" $.Values.source")]
    public void No_procedure_runs_twice_or_somewhere_else(string template, string line) =>
        Assert.Contains(line, Read("charts", "backup", "templates", template), StringComparison.Ordinal);

    private static string Read(params IReadOnlyList<string> path) => File.ReadAllText(Path.Combine([Files.Root, .. path]));

    [GeneratedRegex("splitList \" \" \"(?<names>[a-z -]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Listed();

    [GeneratedRegex("^\\| (?<code>[0-9]+) \\|", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("refuse (?<code>[0-9]+) ", RegexOptions.NonBacktracking)]
    private static partial Regex Refused();

    [GeneratedRegex("^GRANT (?<what>[^;]+);$", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex Granted();
}
