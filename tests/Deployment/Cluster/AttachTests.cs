using Verification.Cluster.Deployments;
using Verification.Cluster.Programs;
using Verification.Platform;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What is deployed is judged as production's deployment has it judged: by the program itself, which Helmfile calls and which
/// finds the platform by its labels.</summary>
public sealed class AttachTests(SuiteFixture suite) : ClusterTest(suite)
{
    /// <summary>What the wrong release breaks.</summary>
    private const string Broken = "contract.get";
    private static readonly TimeSpan OutOfTheListingWithin = TimeSpan.FromSeconds(20);

    [Fact]
    [Objective("deployed.passes")]
    [Objective("deployed.refuses")]
    [Objective("deployed.taken-back")]
    [Objective("deployed.way-broken")]
    public async Task A_deployed_platform_passes_its_gate_and_a_release_that_answers_wrongly_fails_and_is_taken_back()
    {
        RequirePrograms();
        await MeasureAloneAsync();
        await using var platform = await RequirePlatformAsync();
        platform.Judge = Path.Combine(AppContext.BaseDirectory, "Verification.Gate");

        var refusal = await platform.SyncAsync(Cancellation);
        Keep(Measurement.OfDeviations("deployed.passes", refusal is null ? await StillListedAsync(platform) : [refusal], 1));
        if (refusal is not null)
        {
            Decide(
                TestObjectives()
                    .Except(["deployed.passes"])
                    .Select(objective => Measurement.NotMeasured(objective, "the good release was refused"))
                    .ToList()
            );
            return;
        }

        Keep(await JudgedThroughBrokenWayAsync(platform));
        var good = await ImagesAsync(platform);
        var seen = await platform.SyncAsync(await WrongServer.MakeAsync(Suite.Root, Images, Cancellation), Cancellation);
        var now = await ImagesAsync(platform);
        Decide(
            Refused(seen),
            Measurement.OfDeviations(
                "deployed.taken-back",
                [.. good.Where(image => !now.Contains(image)).Select(image => $"{image} ran before, and now {string.Join(", ", now)}")],
                good.Count
            )
        );
    }

    /// <summary>What the gate has posted, and clients are still shown: a list is cached for 10 s.</summary>
    private async Task<IReadOnlyList<string>> StillListedAsync(LocalPlatform platform)
    {
        await using var stack = await platform.AttachAsync(Cancellation);
        await using var driven = PlatformUnderTest.Of(
            stack,
            new ScenarioHistory(Suite.History, TestName),
            Suite.Folder,
            (service, deadline) => new RestTransport(service, deadline)
        );
        IReadOnlyList<string> listed = ["nothing, as the Server gives no list"];
        try
        {
            await Eventually.IsTrueAsync(
                "no buff of the gate is listed",
                OutOfTheListingWithin,
                async ct =>
                {
                    if (await driven.ListAsync(ct) is not { IsList: true } list)
                        return false;
                    listed = [.. list.Buffs.Select(buff => buff.Question).Where(IsOfAGate)];
                    return listed.Count == 0;
                },
                Cancellation
            );
            return [];
        }
        catch (StateNotSeenException)
        {
            return
            [
                $"{OutOfTheListingWithin.TotalSeconds:0} s after its gate there is listed of what that has posted: {string.Join(", ", listed.Take(3))}",
            ];
        }

        static bool IsOfAGate(string question) => question.Contains(Marker.MarkOf(string.Empty), StringComparison.Ordinal);
    }

    /// <summary>What came of the wrong release. Where another Server was named, ours may not even get ready on what that one has left: then
    /// nobody has judged it.</summary>
    private Measurement Refused(string? seen)
    {
        var deviation = $"a Server that lists the newest buff first was to fail {Broken}: {seen ?? "it was deployed, and nobody minded"}";
        return seen?.Contains(Broken, StringComparison.Ordinal) == true ? Measurement.OfDeviations("deployed.refuses", [], 1)
            : seen is not null && Images.Images.ContainsKey(WrongServer.Component)
                ? Measurement.NotMeasured(
                    "deployed.refuses",
                    $"the wrong Server is one of ours, in place of the one that was named; {deviation}"
                )
            : Measurement.OfDeviations("deployed.refuses", [deviation], 1);
    }

    /// <summary>A good platform is judged, and the way to it breaks for good while it is.</summary>
    private async Task<Measurement> JudgedThroughBrokenWayAsync(LocalPlatform platform)
    {
        await using var way = BreakableWay.To(platform.Cluster);
        var noted = await HookAsync(
            platform,
            way,
            "presync",
            "true",
            "server",
            platform.Cluster.Address.Context,
            LocalPlatform.Namespace,
            "local",
            string.Empty
        );
        if (noted.ExitCode != 0)
            return Measurement.NotMeasured("deployed.way-broken", $"what runs could not be noted: {noted.Output + noted.Error}");
        var broken = way.BreakAtAsync(connections: 40, Cancellation);
        var judged = await HookAsync(platform, way, "cleanup");
        var said = judged.Output + judged.Error;
        if (!broken.IsCompleted)
            return Measurement.NotMeasured(
                "deployed.way-broken",
                $"the gate came to its end, with exit code {judged.ExitCode}, before the way broke: {said}"
            );
        await broken;
        var unknown =
            judged.ExitCode == 3
            && said.Contains("the way to the stack broke", StringComparison.Ordinal)
            && !said.Contains("goes back to what ran before", StringComparison.Ordinal);
        return Measurement.OfDeviations(
            "deployed.way-broken",
            unknown ? [] : [$"a good platform was judged, with exit code {judged.ExitCode}: {said}"],
            1
        );
    }

    /// <summary>The hook, as Helmfile calls it.</summary>
    private Task<ToolResult> HookAsync(LocalPlatform platform, BreakableWay way, params string[] arguments) =>
        new Tool("judge-deployed", Path.Combine(Suite.Root.Path, "environments", "hooks", "judge-deployed")).RunAsync(
            Suite.StageFolder,
            arguments,
            new Dictionary<string, string>
            {
                ["KUBECONFIG"] = way.Kubeconfig,
                ["JUDGE"] = platform.Judge!,
                [VerifyVariables.Root] = string.Empty,
            },
            Suite.Root.Path,
            Cancellation
        );

    /// <summary>What runs of each component.</summary>
    private static async Task<IReadOnlyList<string>> ImagesAsync(LocalPlatform platform) =>
        [.. (await platform.DescribeAsync(Cancellation)).Components.Select(component => $"{component.Role} {component.Digest}")];
}
