using Verification.Tests.Chaos.Databases;

namespace Verification.Tests.Chaos.Power;

public sealed class PowerLossTests(PlatformFixture platform) : DatabaseScenario(platform)
{
    private const int Steady = 20;
    private static readonly Role Proxy = new("haproxy");
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 20);

    // All starts at once, on whatever the machine has.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(5);

    [Fact]
    [Objective("power-loss.posts")]
    [Objective("power-loss.listings")]
    [Objective("power-loss.cache")]
    [Objective("power-loss.lossless")]
    [Objective("power-loss.replicated")]
    public async Task All_that_has_died_at_once_serves_again_in_whatever_order_it_is_started_and_has_lost_nothing()
    {
        var (source, replica) = await PairAsync();
        var order = Shuffled(Stack.Description.Instances);
        await using var workload = StartWorkload("power-loss", Rate);
        await workload.AwaitAcknowledgedAsync(Steady, Cancellation);

        // What is acknowledged now stays with the broker: no Server can store it.
        await using var backlog = await InjectAsync(Faults.LockWrites(source.Instance));
        await workload.AwaitAcknowledgedAsync(Steady, Cancellation);
        await using var lost = await LoseAsync(order);
        await backlog.HealAsync(Cancellation);
        await lost.HealAsync(Cancellation);
        var started = Now;
        // Which of both has the more is to be seen.
        foreach (var server in new[] { source, replica })
            await Eventually.SeeAsync($"{server.Instance.Name} answers again", Patience, server.ExecutedAsync, _ => true, Cancellation);
        await MySqlPair.PromoteFirstAsync(Stack, source.Instance, replica.Instance, Cancellation);
        Platform.History.Event("promoted", source.Instance.Name);
        await Eventually.IsTrueAsync("POST is acknowledged again", Patience, _ => Task.FromResult(IsBack("post")), Cancellation);
        // Before it was seen once, what never comes is told as that.
        AtEnd(Posts);
        await Eventually.IsTrueAsync("GET is answered again", Patience, _ => Task.FromResult(IsBack("get")), Cancellation);
        AtEnd(Listings);
        await Eventually.SeeAsync(
            "every node of Redis sees a whole cluster",
            Patience,
            async _ => string.Join("; ", await new CacheOwner(Stack).GapsAsync()),
            gaps => gaps.Length == 0,
            Cancellation
        );
        Keep(new Measurement("power-loss.cache", (Now - started) / 1e9, 1, Target: "redis") { Fault = lost.Faults[0].Fault.Name });
        await ChargeAsync(["power-loss.replicated"], () => RejoinAsync(replica, source, discards: false));
        await workload.AwaitAcknowledgedAsync(Steady, Cancellation);
        await workload.EndAsync();
        Keep(Posts(), Listings(), await AccountOfAsync("power-loss.lossless", workload));

        Decide(Measurement.OfDeviations("power-loss.replicated", await DifferencesAsync(replica, source), 3));

        Measurement Posts() => RecoveryOf("power-loss.posts", "post", lost.Faults[0], started, Rate.BetweenPosts);

        Measurement Listings() => RecoveryOf("power-loss.listings", "get", lost.Faults[0], started, Rate.BetweenGets);

        bool IsBack(string operation) => Outage.Recovery(History, operation, started) is { Time: not null, AnsweredSince: >= Steady };
    }

    /// <summary>The order of a start that nobody has planned. The history has it, with the seed that repeats it.</summary>
    private IReadOnlyList<StackInstance> Shuffled(IEnumerable<StackInstance> instances)
    {
        var seed = TestSeed.Take();
        var order = instances.ToArray();
        var random = new Random(seed);
        do random.Shuffle(order);
        while (IsPlanned(order));
        Platform.History.Event("order", detail: $"{string.Join(", ", order.Select(instance => instance.Name))} (seed {seed})");
        return order;
    }

    // What HAProxy leads to is there before it where a start is planned.
    private static bool IsPlanned(StackInstance[] order) =>
        Array.FindIndex(order, instance => instance.Role == Proxy)
        > Array.FindLastIndex(order, instance => instance.Role == InstanceRole.Broker || instance.Role == InstanceRole.Mysql);

    /// <summary>Kills all of them side by side.</summary>
    private async Task<PowerLoss> LoseAsync(IReadOnlyList<StackInstance> instances)
    {
        var kills = instances.Select(instance => InjectAsync(Faults.Kill(instance))).ToList();
        try
        {
            return new PowerLoss(await Task.WhenAll(kills));
        }
        catch
        {
            await using var killed = new PowerLoss([.. kills.Where(kill => kill.IsCompletedSuccessfully).Select(kill => kill.Result)]);
            throw;
        }
    }

    /// <summary>What has died, in the order in which it is started.</summary>
    private sealed class PowerLoss(IReadOnlyList<InjectedFault> faults) : IAsyncDisposable
    {
        public IReadOnlyList<InjectedFault> Faults => faults;

        public ValueTask DisposeAsync() => new(HealAsync(CancellationToken.None));

        /// <summary>Starts all of it, though one does not start.</summary>
        public Task HealAsync(CancellationToken cancellationToken) => EachOne.DoAsync(faults, fault => fault.HealAsync(cancellationToken));
    }
}
