namespace Verification.Tests.Chaos.Databases;

public sealed class ReplicaStopTests(PlatformFixture platform) : DatabaseScenario(platform)
{
    private const string Discarded = "replica-stop.discarded";
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 20);

    [Fact]
    [Objective("replica-stop.lossless")]
    [Objective("replica-stop.accepted")]
    [Objective("replica-stop.discarded")]
    public async Task What_a_source_without_a_replica_has_written_is_acknowledged_to_nobody_and_stored_by_the_next_source()
    {
        var (source, replica) = await PairAsync();
        await using var workload = StartWorkload("replica-stop", Rate);
        await workload.AwaitAcknowledgedAsync(20, Cancellation);

        // What is posted now has no second place in MySQL: the source alone has it, if it is written at all.
        await using var stopped = await InjectAsync(Faults.StopReplica(replica.Instance));
        AtEnd(Accepted);
        await workload.AwaitAcknowledgedAsync(40, Cancellation);
        await using var killed = await InjectAsync(Faults.Kill(source.Instance));
        await PromoteAsync(replica, workload, isDead: true);
        await stopped.HealAsync(Cancellation);
        await workload.AwaitAcknowledgedAsync(20, Cancellation);

        await killed.HealAsync(Cancellation);
        var notRefused = await ChargeAsync(
            [Discarded],
            async () =>
            {
                var found = await NotRefusedAsync(source, replica);
                await RejoinAsync(source, replica, discards: true);
                return found;
            }
        );
        if (notRefused.Count > 0)
            Keep(Measurement.OfDeviations(Discarded, notRefused, 4));
        await workload.AwaitAcknowledgedAsync(20, Cancellation);
        await workload.EndAsync();
        Keep(Accepted(), await AccountOfAsync("replica-stop.lossless", workload));

        var differences = await DifferencesAsync(source, replica);
        Decide(Measurement.OfDeviations(Discarded, [.. notRefused, .. differences], 4));

        Measurement Accepted() => UnansweredOf("replica-stop.accepted", "post", stopped);
    }
}
