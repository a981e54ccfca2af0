namespace Verification.Tests.Chaos.Databases;

public sealed class SourceKillTests(PlatformFixture platform) : DatabaseScenario(platform)
{
    // Of listings that ask MySQL while it is away.
    private const int Asked = 5;
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Objective("promotion.detected")]
    [Objective("promotion.first-write")]
    [Objective("promotion.lossless")]
    [Objective("promotion.old-source")]
    [Objective("promotion.rejoined")]
    [Objective("promotion.truthful", OfAnswers = true)]
    public async Task A_killed_source_is_replaced_by_its_replica_and_comes_back_as_a_replica()
    {
        var (source, replica) = await PairAsync();
        await using var workload = StartWorkload("source-kill", Rate);
        await workload.AwaitAcknowledgedAsync(20, Cancellation);

        await using var fault = await InjectAsync(Faults.Kill(source.Instance));
        AtEnd(Truthful);
        Keep(await DetectAsync(source, fault));
        await AwaitAskedAsync();
        var firstWrite = await PromoteAsync(replica, workload, isDead: true);
        Keep(
            new Measurement(
                "promotion.first-write",
                firstWrite.TotalSeconds,
                1,
                Resolution: Look.TotalSeconds,
                Target: source.Instance.Name
            )
            {
                Fault = fault.Fault.Name,
            }
        );
        await workload.AwaitAcknowledgedAsync(20, Cancellation);

        await fault.HealAsync(Cancellation);
        var had = await Eventually.SeeAsync(
            $"{source.Instance.Name} answers again",
            Patience,
            source.ExecutedAsync,
            _ => true,
            Cancellation
        );
        await workload.AwaitAcknowledgedAsync(40, Cancellation);
        var writes = new List<string>();
        if (await source.TakesWritesAsync(Cancellation))
            writes.Add($"{source.Instance.Name} takes writes by itself");
        if (await source.ExecutedAsync(Cancellation) is var has && has != had)
            writes.Add($"{source.Instance.Name} has executed {has} after it came back with {had}");
        Keep(Measurement.OfDeviations("promotion.old-source", writes, 2) with { Target = source.Instance.Name, Fault = fault.Fault.Name });

        // A commit that it died in was told to nobody.
        await ChargeAsync(["promotion.rejoined"], () => RejoinAsync(source, replica, discards: true));
        await workload.AwaitAcknowledgedAsync(20, Cancellation);
        await workload.EndAsync();
        Keep(await AccountOfAsync("promotion.lossless", workload), Truthful());

        Decide(Measurement.OfDeviations("promotion.rejoined", await DifferencesAsync(source, replica), 3));

        Measurement Truthful() =>
            TruthOf("promotion.truthful", Seed.Count, BeginOf(fault)) with
            {
                Target = source.Instance.Name,
                Fault = fault.Fault.Name,
            };
    }

    /// <summary>Has listings ask for the source that is away: what is cached would be listed meanwhile.</summary>
    private async Task AwaitAskedAsync()
    {
        await Platform.Cache.ClearAsync();
        var cleared = Now;
        await Eventually.IsTrueAsync(
            $"{Asked} listings that nothing was cached for have an answer, whatever it says",
            Patience,
            _ => Task.FromResult(History.Count(line => line is { Kind: HistoryKind.Op, Name: "get" } && line.Invoke >= cleared) >= Asked),
            Cancellation
        );
    }

    /// <summary>How long clients are led to the dead source, apart from the promotion, whose time begins behind it.</summary>
    private async Task<Measurement> DetectAsync(ServerOfPair source, InjectedFault fault)
    {
        const string Detected = "promotion.detected";
        try
        {
            await Eventually.SeeAsync(
                $"clients are led to {source.Instance.Name} no more",
                Patience,
                ct => ProxiedServices.LedToAsync(Stack, InstanceRole.Mysql, ct),
                led => !led.Contains(source.Instance.Name),
                Cancellation
            );
        }
        catch (StateNotSeenException e)
        {
            return Measurement.OfUnreached(Detected, e.Unreached);
        }

        var took = TimeSpan.FromMicroseconds((Now - BeginOf(fault)) / 1000.0);
        Platform.History.Event("detected", source.Instance.Name);
        return new Measurement(Detected, took.TotalSeconds, 1, Resolution: Look.TotalSeconds, Target: source.Instance.Name)
        {
            Fault = fault.Fault.Name,
        };
    }
}
