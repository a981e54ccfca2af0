using System.Diagnostics;

namespace Verification.Tests.Chaos.Links;

public sealed class MySqlLatencyTests(PlatformFixture platform) : LinkScenario(platform)
{
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 20);

    // As to another continent; a listing takes some of them.
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Objective("mysql-latency.posts")]
    [Objective("mysql-latency.listings")]
    [Objective("mysql-latency.slowest")]
    [Objective("mysql-latency.stored")]
    [Objective("mysql-latency.lossless")]
    public async Task A_MySQL_that_answers_late_keeps_nobody_from_an_answer_and_what_waits_for_it_is_stored_soon_after()
    {
        var link = LinkTo(InstanceRole.Mysql);
        await using var workload = StartWorkload("mysql-latency", Rate);
        await workload.AwaitAcknowledgedAsync(20, Cancellation);

        await using var fault = await InjectAsync(Faults.Latency(link, Latency));
        AtEnd(Posts, Listings, Slowest);
        await AwaitHeldAsync(fault, Slow);
        await workload.EndAsync();
        await fault.HealAsync(Cancellation);
        var since = Stopwatch.StartNew();
        await Eventually.IsTrueAsync("all that waited is stored", Patience, async ct => await WaitingAsync(ct) == 0, Cancellation);
        var stored = since.Elapsed;
        var account = await Platform.Account.CloseAsync(workload.Prefix, Cancellation);

        Decide(
            Posts(),
            Listings(),
            Slowest(),
            new Measurement("mysql-latency.stored", stored.TotalSeconds, 1, Target: link.Name) { Fault = fault.Fault.Name },
            Measurement.OfAccount("mysql-latency.lossless", account)
        );

        Measurement Posts() => UnansweredOf("mysql-latency.posts", "post", fault);

        Measurement Listings() => UnansweredOf("mysql-latency.listings", "get", fault);

        Measurement Slowest() => SlowestOf("mysql-latency.slowest", "get", fault);
    }

    private async Task<long> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var broker = await Stack.BrokerAsync(cancellationToken);
        return (await broker.QueueAsync(Contract.Queue, cancellationToken)).Messages;
    }
}
