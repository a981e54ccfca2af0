using Verification.Cluster.Deployments;
using Verification.Cluster.Scaling;
using Verification.Platform;
using Verification.Stack.Components.MySql;

namespace Verification.Tests.Deployment.Cluster;

public sealed class RolloutTests(SuiteFixture suite) : ClusterTest(suite)
{
    private static readonly TimeSpan ListedWithin = TimeSpan.FromSeconds(10);

    [Fact]
    [Objective("deploy.serves")]
    [Objective("deploy.restricted")]
    [Objective("deploy.idempotent")]
    [Objective("deploy.leaves-nothing")]
    public async Task The_platform_is_deployed_and_serves_a_second_deployment_changes_nothing_and_its_end_leaves_nothing()
    {
        RequirePrograms();
        await MeasureAloneAsync();
        await using var platform = await RequirePlatformAsync();
        var empty = await platform.ObjectsAsync(Cancellation);

        if (await platform.SyncAsync(Cancellation) is { } refusal)
        {
            Decide([
                Measurement.OfDeviations("deploy.serves", [refusal], 1),
                .. TestObjectives()
                    .Except(["deploy.serves"])
                    .Select(objective => Measurement.NotMeasured(objective, "the platform was not deployed")),
            ]);
            return;
        }

        Keep(await ServesAsync(platform));
        Keep(await RestrictedAsync(platform));
        await new ScaledServices(platform.Cluster.Client, LocalPlatform.Namespace).AwaitLeastAsync(Cancellation);
        var deployed = await platform.ObjectsAsync(Cancellation);
        Keep(await DeploymentChecks.AgainAsync("deploy.idempotent", platform, deployed, Cancellation));

        Decide(await DeploymentChecks.TakenAwayAsync("deploy.leaves-nothing", platform, empty, deployed, Cancellation));
    }

    private async Task<Measurement> ServesAsync(LocalPlatform platform)
    {
        await using var stack = await platform.AttachAsync(Cancellation);
        var history = new ScenarioHistory(Suite.History, TestName);
        await using var driven = PlatformUnderTest.Of(
            stack,
            history,
            Suite.Folder,
            (service, deadline) => new RestTransport(service, deadline)
        );
        var marker = Marker.New("deployed");
        var posted = await driven.PostAsync(marker, Cancellation);
        var missing = await driven.AwaitListedAsync([marker], ListedWithin, Cancellation);
        var deviations = new List<string>();
        if (posted.Outcome != Outcome.Ok)
            deviations.Add($"POST /buff at the Dashboard: {posted}");
        if (missing.Count > 0)
            deviations.Add($"the Server does not list it within {ListedWithin.TotalSeconds:0} s: {await driven.ListAsync(Cancellation)}");
        return Measurement.OfDeviations("deploy.serves", deviations, 2);
    }

    private static async Task<Measurement> RestrictedAsync(LocalPlatform platform)
    {
        await using var stack = await platform.AttachAsync(Cancellation);
        await using var services = await stack.MySqlAsync(await ClusterMySql.SourceAsync(stack, Cancellation), Cancellation);
        return Measurement.OfDeviations(
            "deploy.restricted",
            [
                .. await RestrictedPods.TakenAsync(platform.Cluster.Client, LocalPlatform.Namespace, Cancellation),
                .. await StatementsBeyondRows.TakenAsync(services, Cancellation),
            ],
            RestrictedPods.Count + StatementsBeyondRows.Count
        );
    }
}
