namespace Verification.Tests.Integration.Failing;

public sealed class RestartTests(PlatformFixture platform) : Scenario(platform)
{
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
        var prefix = Marker.New("restart");
        await using var traffic = new BuffTraffic(Platform, prefix, clients: 2);

        await traffic.AwaitAcknowledgedAsync(20, Cancellation);
        await using var stop = await InjectAsync(Faults.Stop(target));
        var recovery = await ReviveAsync(stop);
        await traffic.AwaitAcknowledgedAsync(20, Cancellation);
        await traffic.EndAsync();
        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        Decide(
            new Measurement("restart.recovers", recovery.TotalSeconds, 1, Resolution: 0.05, Target: name) { Fault = stop.Fault.Name },
            Measurement.OfAccount("restart.lossless", account) with
            {
                Target = name,
                Fault = stop.Fault.Name,
            }
        );
    }
}
