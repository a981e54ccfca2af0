namespace Verification.Tests.Observability.Runbooks;

public sealed class RunbookTests(PlatformFixture platform) : WatchedScenario(platform)
{
    /// <summary>Whoever was paged at night runs what stands there: it works, and where it asks Prometheus for a metric, it is told
    /// something or nothing, never an error.</summary>
    [Fact]
    [Objective("runbooks.run")]
    public async Task Each_command_of_a_runbook_runs_on_the_platform()
    {
        var commands = Runbook.CommandsOf(Path.GetDirectoryName(Config)!);
        var failed = new List<string>();
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
        }

        Decide(Measurement.OfDeviations("runbooks.run", failed, commands.Count));
    }
}
