using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Additions;

namespace Verification.Tests.Integration.Scaling;

public sealed class TwoServersTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    [Fact]
    [Objective("servers.exactly-once")]
    public async Task Two_Servers_on_one_queue_store_each_buff_once()
    {
        var first = Stack.Instance(InstanceRole.Server);
        await using var second = await Additions.StartAsync(new Addition(InstanceRole.Server, "server-2"), Cancellation);
        var prefix = Platform.NewMarker("two");
        var answers = new List<PostAnswer>();

        // Each of them alone first and last: so both are known to take buffs while there are two.
        await Stack.Control.StopAsync(first, StopPatience, Cancellation);
        await PostAsync(answers, prefix, 50);
        await Platform.Through(server: second.Instance).FenceAsync(Cancellation);
        await Platform.ReviveAsync(first, Cancellation);
        await PostAsync(answers, prefix, 300);
        await Stack.Control.StopAsync(second.Instance, StopPatience, Cancellation);
        await PostAsync(answers, prefix, 50);
        var ledger = await Platform.AccountAsync(prefix, answers, Cancellation);

        Decide("servers.exactly-once", ledger.Faults, ledger.Acked, ledger.Diagnosis);
    }

    private async Task PostAsync(List<PostAnswer> answers, string prefix, int count) =>
        answers.AddRange(await Platform.PostManyAsync([.. Enumerable.Range(answers.Count, count).Select(index => $"{prefix} {index}")], clients: 8, Cancellation));
}
