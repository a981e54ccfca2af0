using Verification.Cluster.Deployments;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What is deployed is judged as production's deployment has it judged: by the program itself, which Helmfile calls and which finds the platform by its labels.</summary>
public sealed class AttachTests(SuiteFixture suite) : ClusterTest(suite)
{
    /// <summary>What the wrong release breaks.</summary>
    private const string Broken = "contract.get";

    [Fact]
    [Objective("deployed.passes")]
    [Objective("deployed.refuses")]
    [Objective("deployed.taken-back")]
    public async Task A_deployed_platform_passes_its_gate_and_a_release_that_answers_wrongly_fails_and_is_taken_back()
    {
        RequirePrograms();
        await MeasureAloneAsync();
        await using var platform = await RequirePlatformAsync();
        platform.Judge = Path.Combine(AppContext.BaseDirectory, "Verification.Gate");

        var refusal = await platform.SyncAsync(Cancellation);
        Keep(Measurement.OfDeviations("deployed.passes", refusal is null ? [] : [refusal], 1));
        if (refusal is not null)
        {
            Decide(TestObjectives().Except(["deployed.passes"]).Select(objective => Measurement.NotMeasured(objective, "the good release was refused")).ToList());
            return;
        }

        var good = await ImagesAsync(platform);
        var seen = await platform.SyncAsync(await WrongServer.MakeAsync(Suite.Root, Cancellation), Cancellation);
        var now = await ImagesAsync(platform);
        Decide(
            Measurement.OfDeviations(
                "deployed.refuses",
                seen?.Contains(Broken, StringComparison.Ordinal) == true ? [] : [$"a Server that lists the newest buff first was to fail {Broken}: {seen ?? "it was deployed, and nobody minded"}"],
                1),
            Measurement.OfDeviations("deployed.taken-back", [.. good.Where(image => !now.Contains(image)).Select(image => $"{image} ran before, and now {string.Join(", ", now)}")], good.Count));
    }

    /// <summary>What runs of each component.</summary>
    private static async Task<IReadOnlyList<string>> ImagesAsync(LocalPlatform platform) =>
        [.. (await platform.DescribeAsync(Cancellation)).Components.Select(component => $"{component.Role} {component.Digest}")];
}
