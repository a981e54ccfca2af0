using System.Text.RegularExpressions;
using Verification.Observability;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed partial class RunbookFilesTests
{
    private static readonly string[] Parts = ["See", "Decide", "Act"];

    public static TheoryData<string> OfAlerts =>
        [
            .. AlertFiles
                .Read(ProjectRoot.Find().Config)
                .Concat(AlertFiles.ReadBudgets(ProjectRoot.Find().Config))
                .Where(rule => rule.Severity != AlertRule.None)
                .Select(rule => rule.Annotations["runbook_url"].Split('/')[^1])
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Whoever is woken reads the same three parts in the same order, and none of them is empty.</summary>
    [Theory]
    [MemberData(nameof(OfAlerts))]
    public void The_runbook_of_an_alert_says_how_to_see_how_to_decide_and_what_to_do(string runbook)
    {
        var parts = Part()
            .Split(File.ReadAllText(Path.Combine(ProjectRoot.Find().Path, "docs", "runbooks", runbook)))
            .Skip(1)
            .Select(part => part.Split('\n', 2))
            .ToList();

        Assert.Equal(Parts, parts.Select(part => part[0]));
        Assert.All(parts, part => Assert.NotEmpty(part[1].Trim()));
    }

    [Fact]
    public void Of_each_command_that_asks_Prometheus_it_is_known_what_it_asks_for()
    {
        var commands = Runbook
            .CommandsOf(ProjectRoot.Find().Path)
            .Where(command => command.Command.Contains("promtool", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(commands);
        Assert.DoesNotContain(commands, command => command.Expression is null);
    }

    [Theory]
    [InlineData("promtool query instant http://localhost:9090 'up{job=\"mysql\"} == 0'", "up{job=\"mysql\"} == 0")]
    [InlineData("promtool query instant http://localhost:9090 slo:current_burn_rate:ratio", "slo:current_burn_rate:ratio")]
    [InlineData("amtool alert query", null)]
    public void What_it_asks_for_is_what_stands_behind_the_address(string command, string? expression) =>
        Assert.Equal(expression, new RunbookCommand("X", "prometheus", command).Expression);

    [GeneratedRegex("^## ", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
