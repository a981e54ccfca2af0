namespace Verification.Tests.Chaos.Services;

public sealed class RollingStopTests(PlatformFixture platform) : ServiceScenario(platform)
{
    private static readonly WorkloadRate Rate = new(Posts: 40, Gets: 40);

    [Fact]
    [Objective("rolling-stop.posts")]
    [Objective("rolling-stop.listings")]
    [Objective("rolling-stop.lossless")]
    public async Task While_each_service_is_restarted_one_after_the_other_every_request_is_answered()
    {
        var (dashboards, servers) = (Two(InstanceRole.Dashboard), Two(InstanceRole.Server));
        await using var workload = StartWorkload("rolling-stop", Rate);
        await workload.AwaitAcknowledgedAsync(40, Cancellation);

        var first = await RestartAsync(dashboards[0], workload);
        AtEnd(Posts, Listings);
        foreach (var service in new[] { servers[0], dashboards[1], servers[1] })
            await RestartAsync(service, workload);
        await ChargeAsync(["rolling-stop.posts"], () => workload.AwaitAcknowledgedAsync(40, Cancellation));
        await workload.EndAsync();
        var account = await AccountOfAsync("rolling-stop.lossless", workload);

        Decide(Posts(), Listings(), account);

        Measurement Posts() => UnansweredOf("rolling-stop.posts", "post", first);

        Measurement Listings() => UnansweredOf("rolling-stop.listings", "get", first);
    }

    /// <summary>Asks an instance to end, starts it again a while later, and waits until clients are led to it.</summary>
    private async Task<InjectedFault> RestartAsync(StackInstance service, SteadyWorkload workload)
    {
        await using var stop = await InjectAsync(Faults.Stop(service));
        await ChargeAsync(["rolling-stop.posts"], () => workload.AwaitAcknowledgedAsync(40, Cancellation));
        await ChargeAsync(["rolling-stop.listings"], () => workload.AwaitListedAsync(40, Cancellation));
        await stop.HealAsync(Cancellation);
        await AwaitLedToAsync(service);
        return stop;
    }
}
