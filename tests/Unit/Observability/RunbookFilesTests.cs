using Verification.Observability;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed class RunbookFilesTests
{
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
}
