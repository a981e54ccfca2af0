namespace Verification.Tests.Integration.Failing;

public sealed class RestartTests(PlatformFixture platform) : Scenario(platform)
{
    private const string Recovers = "restart.recovers";
    private const string Lossless = "restart.lossless";

    [Theory]
    [InlineData("mysql")]
    [InlineData("redis-node-0")]
    [InlineData("activemq")]
    [InlineData("dashboard")]
    [InlineData("server")]
    [Objective("restart.recovers")]
    [Objective("restart.lossless")]
    public async Task A_restart_under_traffic_loses_nothing_and_heals(string name)
    {
        var target = Stack.Description.Instances.Single(instance => instance.Name == name);
        var prefix = Marker.New("restart");
        await using var traffic = new BuffTraffic(Platform, prefix, clients: 2);

        await traffic.AwaitAcknowledgedAsync(20, Cancellation);
        await using var stop = await InjectAsync(Faults.Stop(target));
        // What does not come back has lost nothing for that.
        AtEnd(Lossless, async ct => Of(await Platform.Account.MeasureOpenAsync(Lossless, prefix, ct)));
        var recovery = await ReviveAsync(stop);
        await ChargeAsync([Recovers], () => traffic.AwaitAcknowledgedAsync(20, Cancellation));
        await traffic.EndAsync();
        // Who answers and stores nothing is not back.
        await ChargeAsync([Recovers], () => Platform.FenceAsync(Cancellation));
        Keep(Of(new Measurement(Recovers, recovery.TotalSeconds, 1, Resolution: 0.05)));
        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        Decide(Of(Measurement.OfAccount(Lossless, account)));

        Measurement Of(Measurement measurement) => measurement with { Target = name, Fault = stop.Fault.Name };
    }
}
