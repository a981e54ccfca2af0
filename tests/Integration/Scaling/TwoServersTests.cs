using Verification.Stack;
using Verification.Stack.Additions;

namespace Verification.Tests.Integration.Scaling;

public sealed class TwoServersTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Alone = 50;
    private const int Both = 300;

    [Fact]
    [Objective("servers.exactly-once")]
    public async Task Two_Servers_on_one_queue_store_each_buff_once()
    {
        await using var second = await RequireAdditions().StartAsync(new Addition(InstanceRole.Server, "server-2"), Cancellation);
        var prefix = Marker.New("two");

        // Each of them alone first and last: so both are known to take buffs while there are two.
        await using var first = await InjectAsync(Faults.Stop(Stack.Instance(InstanceRole.Server)));
        await Platform.PostManyAsync(Marker.Of(prefix, Alone), clients: 8, Cancellation);
        await Platform.Through(server: second.Instance).FenceAsync(Cancellation);
        await ReviveAsync(first);
        await Platform.PostManyAsync(Marker.Of(prefix, Both, Alone), clients: 8, Cancellation);
        await using var last = await InjectAsync(Faults.Stop(second.Instance));
        await Platform.PostManyAsync(Marker.Of(prefix, Alone, Alone + Both), clients: 8, Cancellation);
        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        Decide(Measurement.OfAccount("servers.exactly-once", account));
    }
}
