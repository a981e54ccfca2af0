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
    private const string Quotes = "(SLO ";
    private const double Days = 30;
    private const double Day = 86_400;
    private static readonly ProjectRoot Own = ProjectRoot.Find();
    private static readonly string Folder = Path.Combine(Own.Config, "slo");
    private static readonly IReadOnlyList<AlertRule> Budgets = AlertFiles.ReadBudgets(Own.Config);

    private static readonly string[] Felt =
    [
        "load.success",
        "load.get-latency",
        "load.post-latency",
        "load.lossless",
        "load-event.success",
        "load-event.get-latency",
        "load-event.post-latency",
        "load-event.lossless",
        "load-spike.success",
        "load-spike.get-latency",
        "load-spike.post-latency",
        "load-spike.lossless",
        "load-propagation.row",
        "broker-kill.takeover",
        "broker-kill.listings",
        "broker-stop.takeover",
        "broker-stop.listings",
        "broker-black-hole.listings",
        "redis-kill.available",
        "redis-freeze.available",
        "redis-partition.available",
        "mysql-latency.posts",
        "mysql-latency.listings",
        "power-loss.posts",
        "power-loss.listings",
        "service-kill.posts",
        "service-kill.listings",
        "rolling-stop.posts",
        "rolling-stop.listings",
    ];

    private static readonly IReadOnlyDictionary<string, Objective> Objectives = GatesFile.Read(Own.Gates).Objectives;

    /// <summary>What stands in config/slo of each level, by its name.</summary>
    private static readonly IReadOnlyDictionary<string, Match> Levels = Directory
        .EnumerateFiles(Folder, "*.yaml")
        .SelectMany(file => Level().Matches(File.ReadAllText(file)))
        .ToDictionary(level => level.Groups["name"].Value, StringComparer.Ordinal);

    public static TheoryData<string> Quoting =>
        [
            .. Objectives
                .Values.Where(objective => objective.Promise.Contains(Quotes, StringComparison.Ordinal))
                .Select(objective => objective.Id),
        ];

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

    /// <summary>A load or a fault that a user feels is promised with what he was promised.</summary>
    [Fact]
    public void What_users_feel_of_load_and_faults_quotes_what_they_were_promised() =>
        Assert.DoesNotContain(Felt, id => !Objectives[id].Promise.Contains(Quotes, StringComparison.Ordinal));

    /// <summary>With figures behind its name it is quoted beside others; without, the figures of the objective are its own.</summary>
    [Theory]
    [MemberData(nameof(Quoting))]
    public void What_an_objective_quotes_is_what_the_service_level_says(string id)
    {
        var quote = Quote().Match(Objectives[id].Promise);

        Assert.True(quote.Success, Objectives[id].Promise);
        Assert.All(quote.Groups["names"].Value.Split(" and "), name => Assert.Equal(FiguresOf(name), Quoted(Objectives[id], quote)));
    }

    /// <summary>Of 30 days, and of the error that the service level leaves to them.</summary>
    [Fact]
    public void What_a_fault_of_the_suite_costs_of_a_budget_is_what_the_docs_say()
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Own.Path, "docs", "observability.md")));
        var costs = rows.SelectMany(row =>
                Cost().Matches(row.Groups["costs"].Value).Select(cost => (Slo: row.Groups["slo"].Value, Cost: cost))
            )
            .ToList();
        var named = rows.SelectMany(row => Named().Matches(row.Groups["costs"].Value)).ToList();

        Assert.Equal(Levels.Keys.Order(StringComparer.Ordinal), rows.Select(row => row.Groups["slo"].Value).Order(StringComparer.Ordinal));
        Assert.NotEmpty(costs);
        Assert.All(
            costs,
            each =>
                Assert.Equal(
                    Number(each.Cost, "percent"),
                    Math.Round(100 * Number(each.Cost, "seconds") / (Days * Day * (1 - (Number(Levels[each.Slo], "percent") / 100))), 1)
                )
        );
        Assert.NotEmpty(named);
        Assert.All(
            named,
            each =>
            {
                var objective = Objectives[each.Groups["id"].Value];
                Assert.Equal((Number(each, "limit"), each.Groups["unit"].Value), (objective.Limit, objective.Unit));
            }
        );
    }

    /// <summary>How many of how many, and within how many ms: <c>99 of 100 within 500 ms</c>.</summary>
    private static string FiguresOf(string level)
    {
        var percent = Levels[level].Groups["percent"].Value;
        var whole = percent.Contains('.', StringComparison.Ordinal)
            ? Math.Pow(10, 2 + percent.Length - percent.IndexOf('.', StringComparison.Ordinal) - 1)
            : 100;
        var kept = long.Parse(percent.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var bound = Bound().Match(Levels[level].Value);
        return string.Create(CultureInfo.InvariantCulture, $"{kept:N0} of {whole:N0}")
            + (bound.Success ? string.Create(CultureInfo.InvariantCulture, $" within {1000 * Number(bound, "seconds")} ms") : "");
    }

    private static string Quoted(Objective objective, Match quote) =>
        quote.Groups["figures"].Success
            ? quote.Groups["figures"].Value
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Share().Match(objective.Promise).Value} within {objective.Limit} {objective.Unit}"
            );

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=by Sloth \()[^)]+(?=\))|(?<=sloth_version: ).+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();

    [GeneratedRegex(
        "^  retention: (?<days>[0-9]+)d$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Retention();

    [GeneratedRegex(
        "le=~?\"(?<seconds>[0-9.]+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Bound();

    /// <summary>A level of config/slo, to the next one.</summary>
    [GeneratedRegex(
        @"^  - name: (?<name>\S+)\n    objective: (?<percent>[0-9.]+)\n(?:(?!  - name: ).*\n)*",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Level();

    [GeneratedRegex(
        @"\(SLO (?<names>[a-z-]+( and [a-z-]+)*)(, (?<figures>[^)]+))?\)\.$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Quote();

    [GeneratedRegex("[0-9,]+ of [0-9,]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Share();

    /// <summary>A row of the table of budgets: its last column says what faults cost.</summary>
    [GeneratedRegex(
        @"^\| `(?<slo>[a-z]+-[a-z]+)` \|[^|\n]*\|[^|\n]*\|(?<costs>[^|\n]*)\|$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Row();

    [GeneratedRegex(
        @"(?<seconds>[0-9]+) s[^:;]*: (?<percent>[0-9.]+) %",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Cost();

    [GeneratedRegex(
        @"\(`(?<id>[a-z-]+\.[a-z-]+)`, (?<limit>[0-9.]+) (?<unit>[a-z]+)\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Named();
}
