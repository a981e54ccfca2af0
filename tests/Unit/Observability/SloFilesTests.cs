using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Verification.Objectives;
using Verification.Observability;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Observability;

/// <summary>The service level objectives of config/slo/, as files.</summary>
public sealed partial class SloFilesTests
{
    private const string Program = "sloth";
    private static readonly ProjectRoot Own = ProjectRoot.Find();
    private static readonly string Folder = Path.Combine(Own.Config, "slo");
    private static readonly IReadOnlyList<AlertRule> Budgets = AlertFiles.ReadBudgets(Own.Config);

    public static TheoryData<string> Services => [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file))];

    /// <summary>But for its own version, which it writes into them.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_rules_are_what_Sloth_makes_of_the_objectives(string service)
    {
        if (ProgramPlaces.Of(Program) is not [var sloth, ..])
        {
            Lack.Of(
                $"the program {Program} is in no folder of {ProgramPlaces.Looked()}: name a folder that has it in {ProgramPlaces.Variable}",
                isAllowed: true
            );
            return;
        }

        using var process = Process.Start(
            new ProcessStartInfo(sloth, ["generate", "--no-log", "-i", Path.Combine(Folder, service)])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var made = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"sloth ended with {process.ExitCode}: {await error}");
        Assert.Equal(
            Version().Replace(made, "…"),
            Version()
                .Replace(await File.ReadAllTextAsync(Path.Combine(Folder, "rules", service), TestContext.Current.CancellationToken), "…")
        );
    }

    [Fact]
    public void Each_objective_has_its_rules_and_no_rules_are_of_none() =>
        Assert.Equal(
            Services.Select(row => row.Data).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(Folder, "rules"), "*.yaml").Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_alert_is_tested_where_its_budget_is_spent_where_it_is_not_where_nothing_is_heard_and_where_it_ends()
    {
        var tests = RuleTestFiles.Of(Path.Combine(Folder, "tests")).Select(test => test.Kind);
        var wanted = Budgets
            .Select(rule => $"{rule.Name}: {(rule.Severity == AlertRule.Page ? "burns fast" : "burns slowly")}")
            .Concat(
                Budgets
                    .Select(rule => rule.Name)
                    .Distinct()
                    .SelectMany(name => new[] { $"{name}: is quiet", $"{name}: nothing is heard", $"{name}: ends" })
            );

        Assert.Equal(wanted.Order(StringComparer.Ordinal), tests.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_alert_has_a_runbook_that_names_it()
    {
        var runbook = File.ReadAllText(Path.Combine(Own.Path, "docs", "runbooks", "error-budget.md"));

        Assert.All(
            Budgets,
            rule => Assert.EndsWith("/docs/runbooks/error-budget.md", rule.Annotations["runbook_url"], StringComparison.Ordinal)
        );
        Assert.All(Budgets, rule => Assert.Contains($"`{rule.Name}`", runbook, StringComparison.Ordinal));
    }

    /// <summary>A budget is counted over 30 days; what a Prometheus has forgotten counts as kept.</summary>
    [Fact]
    public void A_Prometheus_that_is_deployed_from_here_keeps_what_a_budget_is_counted_over()
    {
        var kept = Retention()
            .Match(File.ReadAllText(Path.Combine(Own.Path, "charts", "observability", "templates", "prometheus.yaml")))
            .Groups["days"];

        Assert.True(int.Parse(kept.ValueSpan, CultureInfo.InvariantCulture) > 30);
    }

    /// <summary>A load that is promised to be answered as fast as users are: the one figure says the other.</summary>
    [Theory]
    [InlineData("load.get-latency", "server.yaml", "lists-fast")]
    [InlineData("load.post-latency", "dashboard.yaml", "posts-fast")]
    public void What_the_load_promises_is_the_objective_that_it_names(string id, string file, string slo)
    {
        var objective = GatesFile.Read(Own.Gates).Objectives[id];
        var text = File.ReadAllText(Path.Combine(Folder, file));
        var bound = Bound().Match(text, text.IndexOf($"- name: {slo}\n", StringComparison.Ordinal));

        Assert.Contains($"(SLO {slo})", objective.Promise, StringComparison.Ordinal);
        Assert.Equal(objective.Limit, 1000 * double.Parse(bound.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture));
        Assert.StartsWith(
            $"Under the load of a live event, {Percent().Match(text, text.IndexOf($"- name: {slo}\n", StringComparison.Ordinal)).Groups["percent"].Value} of 100 ",
            objective.Promise,
            StringComparison.Ordinal
        );
    }

    [GeneratedRegex(@"(?<=by Sloth \()[^)]+(?=\))|(?<=sloth_version: ).+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();

    [GeneratedRegex(
        "^  retention: (?<days>[0-9]+)d$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Retention();

    [GeneratedRegex(
        "le=\"(?<seconds>[0-9.]+)\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Bound();

    [GeneratedRegex(
        "objective: (?<percent>[0-9.]+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Percent();
}
