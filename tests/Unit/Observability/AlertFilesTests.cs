using System.Text.RegularExpressions;
using Verification.Objectives;
using Verification.Observability;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Observability;

/// <summary>The rules of config/alerts/, as files.</summary>
public sealed partial class AlertFilesTests
{
    private const string End = ": ends";
    private static readonly ProjectRoot Own = ProjectRoot.Find();
    private static readonly string[] Severities = [AlertRule.Page, AlertRule.Ticket, AlertRule.None];
    private static readonly string[] Kinds = ["fires", "is quiet", "nothing is heard"];
    private static readonly string[] Faults = ["FaultTests.cs", "LogFaultTests.cs", "MySqlKilledTests.cs", "PairFaultTests.cs"];
    private static readonly IReadOnlyList<AlertRule> Rules = AlertFiles.Read(Own.Config);

    [Fact]
    public void Each_alert_has_a_name_of_its_own() =>
        Assert.Equal(Rules.Select(rule => rule.Name).Distinct(), Rules.Select(rule => rule.Name));

    [Fact]
    public void Each_alert_says_how_bad_it_is_and_what_it_means() =>
        Assert.All(
            Rules,
            rule =>
            {
                Assert.Contains(rule.Severity, Severities);
                Assert.NotEmpty(rule.Annotations["summary"]);
            }
        );

    [Fact]
    public void Each_alert_has_a_runbook_and_each_runbook_its_alert()
    {
        // Those of procedures have names in lower case.
        var there = Directory
            .EnumerateFiles(Path.Combine(Own.Path, "docs", "runbooks"), "*.md")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => name != "README" && char.IsUpper(name![0]));

        var told = Rules.Where(rule => rule.Severity != AlertRule.None).ToList();

        Assert.All(
            told,
            rule => Assert.EndsWith($"/docs/runbooks/{rule.Name}.md", rule.Annotations["runbook_url"], StringComparison.Ordinal)
        );
        Assert.Equal(told.Select(rule => rule.Name).Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_alert_stands_in_the_table_of_the_docs_with_its_severity() =>
        Assert.Equal(
            Rules
                .Where(rule => rule.Severity != AlertRule.None)
                .Select(rule => $"{rule.Name} is a {rule.Severity}")
                .Order(StringComparer.Ordinal),
            Told()
                .Matches(Docs)
                .SelectMany(row =>
                    Name()
                        .Matches(row.Groups["alerts"].Value)
                        .Select(name => $"{name.Groups["name"].Value} is a {row.Groups["severity"].Value}")
                )
                .Order(StringComparer.Ordinal)
        );

    /// <summary>Those of Kubernetes itself come with kube-prometheus-stack.</summary>
    [Fact]
    public void What_stands_for_an_alert_of_a_catalogue_is_one_that_there_is()
    {
        var named = Catalogue()
            .Matches(Docs)
            .SelectMany(row => Name().Matches(row.Groups["here"].Value))
            .Select(name => name.Groups["name"].Value)
            .ToList();
        var there = Rules.Concat(AlertFiles.ReadBudgets(Own.Config)).Select(rule => rule.Name);

        Assert.NotEmpty(named);
        Assert.Empty(named.Where(name => !name.StartsWith("Kube", StringComparison.Ordinal)).Except(there));
    }

    /// <summary>Its label `follows` is the name of the job of what can't be scraped.</summary>
    [Fact]
    public void What_is_scraped_and_does_not_answer_is_told_whatever_it_is_and_held_back_by_the_cause_of_its_name()
    {
        var jobs = Job()
            .Matches(File.ReadAllText(Path.Combine(Own.Config, "prometheus", "prometheus.yml")))
            .Select(match => match.Groups["job"].Value)
            .ToList();
        var rule = Rules.Single(each => each.Name == "TargetDown");
        // A pipeline is no part that is scraped.
        var causes = Rules.Select(each => each.Labels.GetValueOrDefault("cause")).OfType<string>().Except(["pipeline"]);

        Assert.Equal(jobs.Order(StringComparer.Ordinal), rule.Expression.Split('"')[1].Split('|').Order(StringComparer.Ordinal));
        Assert.Equal("{{ $labels.job }}", rule.Labels["follows"]);
        Assert.Empty(causes.Except(jobs));
    }

    [Fact]
    public void A_cause_goes_on_firing_until_what_follows_from_it_has_ended() =>
        Assert.All(
            Rules.Where(rule => rule.Labels.ContainsKey("cause")),
            rule =>
                Assert.Contains(
                    $"- alert: {rule.Name}\n",
                    Own.FileOf(rule)
                        .Split("- alert:")
                        .Where(text => text.Contains("keep_firing_for:", StringComparison.Ordinal))
                        .Select(text => $"- alert:{text}")
                        .Aggregate("", string.Concat),
                    StringComparison.Ordinal
                )
        );

    /// <summary>Of several alerts of one cause Alertmanager goes by one, and which one is chance: one that followed from its own name would
    /// be held back or not.</summary>
    [Fact]
    public void No_alert_follows_from_the_cause_that_it_tells_of() =>
        Assert.DoesNotContain(Rules, rule => rule.Labels.TryGetValue("cause", out var cause) && rule.Follows.Contains(cause));

    [Fact]
    public void Each_alert_is_tested_where_it_fires_where_it_does_not_and_where_nothing_is_heard() =>
        Assert.Equal(
            Rules.SelectMany(rule => Kinds.Select(kind => $"{rule.Name}: {kind}")).Order(StringComparer.Ordinal),
            Tests.Where(test => !test.EndsWith(End, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );

    /// <summary>Of the others a fault shows it.</summary>
    [Fact]
    public void Each_alert_that_no_fault_shows_is_tested_where_it_ends()
    {
        var shown = Faults
            .SelectMany(file => Shown().Matches(File.ReadAllText(Path.Combine(Own.Path, "tests", "Observability", "Alerting", file))))
            .Select(match => match.Groups["alert"].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(shown.Except(Rules.Select(rule => rule.Name)));
        Assert.Empty(Rules.Where(rule => !shown.Contains(rule.Name)).Select(rule => $"{rule.Name}{End}").Except(Tests));
    }

    [Theory]
    [InlineData("BackupLocationDown", "velero_x{}", "velero_x{backup_location_name!=\"\"}")]
    [InlineData("SecretNotReady", "a{status=\"False\"}", "a{status=\"False\", name!=\"\"}")]
    [InlineData("DashboardDown", "up{job=\"dashboard\"}", "up{job=\"dashboard\"}")]
    public void A_selector_is_asked_for_with_the_labels_that_its_alert_tells(string alert, string selector, string asked) =>
        Assert.Equal(asked, Rules.Single(rule => rule.Name == alert).Telling(selector));

    /// <summary>No drill of production's newest backup runs beside the tests of alerts.</summary>
    [Fact]
    public void The_drill_tells_what_the_alert_on_it_asks_for()
    {
        const string begins = "sportbuff_backup_drill_";
        var asked = Rules.Single(rule => rule.Name == "BackupUnproven").Expression;

        Assert.Contains($"({begins}success_timestamp_seconds)", asked, StringComparison.Ordinal);
        var told = File.ReadAllText(Path.Combine(Own.Config, "backup", "drill-latest"));
        Assert.Contains("\"success_timestamp_seconds $EPOCHSECONDS\"", told, StringComparison.Ordinal);
        Assert.Contains($"gauge \"{begins}${{metric% *}}\" \"{{kind=", told, StringComparison.Ordinal);
    }

    /// <summary>On a cluster nothing tells of the drills of the suite: the one that runs there does.</summary>
    [Fact]
    public void The_drill_tells_what_the_alert_on_stale_drills_asks_for()
    {
        const string metric = "verification_drill_last_success_timestamp_seconds";

        Assert.Contains($"max by (drill) ({metric})", Rules.Single(rule => rule.Name == "DrillStale").Expression, StringComparison.Ordinal);
        Assert.Contains(
            $"gauge {metric} \"{{drill=",
            File.ReadAllText(Path.Combine(Own.Config, "backup", "drill-latest")),
            StringComparison.Ordinal
        );
    }

    /// <summary>No archiver runs beside the tests of alerts.</summary>
    [Fact]
    public void The_archiver_tells_what_the_alert_on_it_asks_for()
    {
        var asked = Metric().Match(Rules.Single(rule => rule.Name == "ArchiveBehind").Expression);

        Assert.True(asked.Success);
        Assert.Contains(
            $"gauge {asked.Value} ",
            File.ReadAllText(Path.Combine(Own.Config, "backup", "archive-binlogs")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_holds_no_rules_is_refused_with_its_place()
    {
        var config = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(config.CreateSubdirectory("alerts").FullName, "x.yaml");
            File.WriteAllText(file, "groups:\n  - name: x\n   rules: []\n");

            Assert.StartsWith(
                $"{file}:3:",
                Assert.Throws<DocumentException>(() => AlertFiles.Read(config.FullName)).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            config.Delete(recursive: true);
        }
    }

    private static string Docs => File.ReadAllText(Path.Combine(Own.Path, "docs", "observability.md"));

    [GeneratedRegex(
        @"^\| (?<alerts>`\w+`(, `\w+`)*) \| (?<severity>page|ticket) \|",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Told();

    [GeneratedRegex(
        @"^\| [A-Z]\w+(, [A-Z]\w+)* \| (?<here>`\w+`(, `\w+`)*) \|",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Catalogue();

    [GeneratedRegex(@"`(?<name>\w+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    private static IReadOnlyList<string> Tests =>
        [.. RuleTestFiles.Of(Path.Combine(Own.Config, "alerts", "tests")).Select(test => test.Kind).Distinct()];

    [GeneratedRegex(
        "must: \"(?<alert>[A-Za-z]+)\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Shown();

    [GeneratedRegex("sportbuff_backup_[a-z_]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();

    [GeneratedRegex(
        "job_name: (?<job>[a-z]+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Job();
}

file static class Sources
{
    public static string FileOf(this ProjectRoot root, AlertRule rule) => File.ReadAllText(Path.Combine(root.Config, "alerts", rule.File));
}
