namespace Verification.Tests.Chaos.Services;

public sealed class ServiceKillTests(PlatformFixture platform) : ServiceScenario(platform)
{
    // How often each dies: what ends again and again is started as often, and nothing piles up.
    private const int Times = 3;

    // Each buff makes all listings behind it longer: at twice the rate the suite itself has not kept up.
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 20);

    [Fact]
    [Objective("service-kill.posts")]
    [Objective("service-kill.listings")]
    [Objective("service-kill.lossless")]
    public async Task Of_two_of_each_service_one_after_the_other_is_killed_again_and_again_and_the_rest_serves_their_clients()
    {
        var (dashboards, servers) = (Two(InstanceRole.Dashboard), Two(InstanceRole.Server));
        await using var workload = StartWorkload("service-kill", Rate);
        await workload.AwaitAcknowledgedAsync(40, Cancellation);

        var first = await KillAsync(dashboards[0], servers[0], workload);
        AtEnd(Posts, Listings);
        // Those that have come back serve alone now.
        for (var kill = 1; kill < Times * dashboards.Count; kill++)
            await KillAsync(dashboards[kill % dashboards.Count], servers[kill % servers.Count], workload);
        await AwaitServedAsync(workload);
        await workload.EndAsync();
        var account = await AccountOfAsync("service-kill.lossless", workload);

        Decide(Posts(), Listings(), account);

        Measurement Posts() => AvailabilityOf("service-kill.posts", "post", first.Dashboard);

        Measurement Listings() => AvailabilityOf("service-kill.listings", "get", first.Server);
    }

    /// <summary>Kills one of each, lets the others serve for a while, and waits until clients are led to those two again.</summary>
    private async Task<(InjectedFault Dashboard, InjectedFault Server)> KillAsync(
        StackInstance dashboard,
        StackInstance server,
        SteadyWorkload workload
    )
    {
        await using var postless = await InjectAsync(Faults.Kill(dashboard));
        await using var listless = await InjectAsync(Faults.Kill(server));
        await AwaitServedAsync(workload);
        await postless.HealAsync(Cancellation);
        await listless.HealAsync(Cancellation);
        await ChargeAsync(["service-kill.posts"], () => AwaitLedToAsync(dashboard));
        await ChargeAsync(["service-kill.listings"], () => AwaitLedToAsync(server));
        return (postless, listless);
    }

    private async Task AwaitServedAsync(SteadyWorkload workload)
    {
        await ChargeAsync(["service-kill.posts"], () => workload.AwaitAcknowledgedAsync(60, Cancellation));
        await ChargeAsync(["service-kill.listings"], () => workload.AwaitListedAsync(60, Cancellation));
    }
}
