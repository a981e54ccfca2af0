namespace Verification.Tests.Integration.Failing;

public sealed class RestartTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("mysql")]
    [InlineData("redis-node-0")]
    [InlineData("activemq")]
    [InlineData("dashboard")]
    [InlineData("server")]
    [Objective("restart.lossless")]
    [Objective("restart.recovers")]
    public async Task A_restart_under_traffic_loses_nothing_and_heals(string name)
    {
        var target = Stack.Description.Instances.Single(instance => instance.Name == name);
        var prefix = Platform.NewMarker("restart");
        await using var traffic = new Traffic(Platform, prefix, clients: 2);

        await traffic.AwaitAcknowledgedAsync(20, Cancellation);
        await Stack.Control.StopAsync(target, StopPatience, Cancellation);
        var recovery = await Platform.ReviveAsync(target, Cancellation);
        await traffic.AwaitAcknowledgedAsync(20, Cancellation);
        var ledger = await Platform.AccountAsync(prefix, await traffic.EndAsync(), Cancellation);

        Decide(
            new("restart.recovers", recovery.TotalSeconds, 1, $"both services answered {recovery.TotalSeconds:0.0} s after {name} was started again", 0.05, name),
            new("restart.lossless", ledger.Faults, ledger.Acked, ledger.Diagnosis, Target: name));
    }
}
