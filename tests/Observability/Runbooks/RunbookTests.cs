using Verification.Stack.Components.Artemis;
using Verification.Tests.Observability.Scraping;

namespace Verification.Tests.Observability.Runbooks;

public sealed class RunbookTests(PlatformFixture platform) : AskedScenario(platform)
{
    private const string OfBroker = "artemis_";

    /// <summary>Whoever was paged at night runs what stands there: it works, and each metric that it asks Prometheus for is told by
    /// somebody. That there is nothing of it now, as of what is down while nothing is, is an answer.</summary>
    [Fact]
    [Objective("runbooks.run")]
    public async Task Each_command_of_a_runbook_runs_on_the_platform()
    {
        var commands = Runbook.CommandsOf(Path.GetDirectoryName(Config)!);
        var elsewhere = ToldElsewhere();
        var failed = new List<string>();
        var metrics = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var command in commands)
        {
            var result = await Stack.Control.ExecAsync(
                Stack.Instances(new Role(command.Role)).First(),
                ["sh", "-c", command.Command],
                Cancellation
            );
            if (result.ExitCode != 0)
                failed.Add(
                    $"{command.Runbook}: '{command.Command}' in {command.Role} ended with {result.ExitCode}: {result.Error.Trim().Split('\n')[^1]}"
                );
            else if (command.Expression is { } expression && !elsewhere.Contains(command.Runbook))
                foreach (var selector in await Watch.Prometheus.SelectorsAsync(expression, Cancellation))
                    metrics.TryAdd(selector.Split('{')[0], command.Runbook);
        }

        if (Stack.Description.Broker != BrokerKind.Artemis || JmxExporter.Missing is not null)
            foreach (var metric in metrics.Keys.Where(name => name.StartsWith(OfBroker, StringComparison.Ordinal)).ToList())
                metrics.Remove(metric);
        Decide(Measurement.OfDeviations("runbooks.run", [.. failed, .. await UnansweredAsync(metrics)], commands.Count + metrics.Count));
    }
}
