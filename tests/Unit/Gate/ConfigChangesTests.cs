using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class ConfigChangesTests
{
    [Fact]
    public void A_changed_an_added_and_a_removed_file_are_told_line_by_line()
    {
        using var folder = new TemporaryFolder();
        folder.File("before/redis/redis.conf", "appendonly yes\nmaxmemory 100mb\n");
        folder.File("before/gone.conf", "gone\n");
        folder.File("before/same.conf", "same\n");
        folder.File("after/redis/redis.conf", "appendonly no\nmaxmemory 100mb\n");
        folder.File("after/new.conf", "new\n");
        folder.File("after/same.conf", "same\n");

        var diff = ConfigChanges.Between(Path.Combine(folder.Path, "before"), Path.Combine(folder.Path, "after"));

        string[] expected = ["-gone", "+new", "-appendonly yes", "+appendonly no", "--- a/config/redis/redis.conf"];
        Assert.All(expected, line => Assert.Contains(line, diff.Split('\n').Select(each => each.TrimEnd('\r'))));
        Assert.DoesNotContain("same", diff, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_pass_before_nothing_is_told_and_the_configuration_is_kept_for_the_next()
    {
        using var folder = new TemporaryFolder();
        folder.File("config/mysql/my.cnf", "[mysqld]\n");
        var run = new RunFolder(Path.Combine(folder.Path, "runs", "20261126-000000-aaaa"));
        Directory.CreateDirectory(run.Path);

        ConfigChanges.Keep(run, Path.Combine(folder.Path, "config"), Path.Combine(folder.Path, "runs"));

        Assert.Null(ConfigChanges.Of(run));
        Assert.Equal("[mysqld]\n", File.ReadAllText(Path.Combine(run.Config, "mysql", "my.cnf")));
    }

    [Fact]
    public void What_changed_since_the_newest_release_that_passed_is_kept_with_the_run_and_shown()
    {
        using var folder = new TemporaryFolder();
        var runs = Path.Combine(folder.Path, "runs");
        Judged(runs, "20261120-000000-aaaa", "pass", "max_connections=100\n");
        Judged(runs, "20261121-000000-bbbb", "fail", "max_connections=1\n");
        folder.File("config/mysql/my.cnf", "max_connections=200\n");
        var now = FixtureRuns.Copy("fail", Path.Combine(runs, "20261122-000000-cccc"));

        ConfigChanges.Keep(now.Folder, Path.Combine(folder.Path, "config"), runs);

        Assert.Equal("20261120-000000-aaaa", ConfigChanges.Of(now.Folder)!.Since);
        Assert.All(
            [SummaryMarkdown.Render(now), HtmlReport.Render(now).Replace("&#x2B;", "+", StringComparison.Ordinal)],
            report =>
            {
                Assert.Contains("-max_connections=100", report, StringComparison.Ordinal);
                Assert.Contains("+max_connections=200", report, StringComparison.Ordinal);
            }
        );
    }

    private static void Judged(string runs, string id, string fixture, string config)
    {
        var run = FixtureRuns.Copy(fixture, Path.Combine(runs, id));
        RunDocuments.Write(run.Folder, run.Record);
        RunDocuments.Write(run.Folder, run.Verdict);
        var copy = Path.Combine(run.Folder.Config, "mysql", "my.cnf");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.WriteAllText(copy, config);
    }
}
