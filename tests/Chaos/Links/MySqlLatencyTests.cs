namespace Verification.Tests.Chaos.Links;

public sealed class MySqlLatencyTests(PlatformFixture platform) : LinkScenario(platform)
{
    private const string Stored = "mysql-latency.stored";
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
        var inTime = Now;
        await fault.HealAsync(Cancellation);
        // Once nothing waits, all that had waited is stored, though more has come since.
        Keep(StoredBy(await DrainAsync(inTime, Patience)) with { Target = link.Name, Fault = fault.Fault.Name });
        await workload.AwaitAcknowledgedAsync(40, Cancellation);
        await workload.EndAsync();
        var account = await AccountOfAsync("mysql-latency.lossless", workload);

        Decide(Posts(), Listings(), Slowest(), account);

        Measurement Posts() => UnansweredOf("mysql-latency.posts", "post", fault);

        Measurement Listings() => UnansweredOf("mysql-latency.listings", "get", fault);

        Measurement Slowest() => SlowestOf("mysql-latency.slowest", "get", fault);
    }

    private static Measurement StoredBy(DrainResult drain) =>
        drain.Time is { } time
            ? new Measurement(Stored, time.TotalSeconds, drain.Looks, drain.Diagnosis, drain.Resolution.TotalSeconds)
            : Measurement.OfUnreached(Stored, new UnreachedState("all that has waited is stored", Patience, drain.Diagnosis));
}
