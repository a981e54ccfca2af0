using Verification.Cluster.Deployments;
using Verification.Cluster.Scaling;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>The whole environment <c>local</c>, from its second deployment until it is taken away. The cluster is our own: the integration
/// suite may do to it whatever it does to containers.</summary>
public sealed class WholeTests(SuiteFixture suite, ExposedFixture exposed) : WholeTest(suite, exposed)
{
    private const string Integration = "deploy.integration";

    [Fact]
    [Objective("deploy.whole-idempotent")]
    [Objective("deploy.integration")]
    [Objective("deploy.whole-leaves-nothing")]
    public async Task All_of_it_stays_as_it_is_when_it_is_deployed_again_does_what_the_integration_suite_asks_and_leaves_nothing()
    {
        var platform = await RequireExposedAsync();
        await new ScaledServices(platform.Client, LocalPlatform.Namespace).AwaitLeastAsync(Cancellation);
        var deployed = await platform.Platform.ObjectsAsync(Cancellation);
        Keep(await DeploymentChecks.AgainAsync("deploy.whole-idempotent", platform.Platform, deployed, Cancellation));
        Keep(await IntegrationAsync(platform.Platform));
        Decide(
            await DeploymentChecks.TakenAwayAsync("deploy.whole-leaves-nothing", platform.Platform, platform.Empty, deployed, Cancellation)
        );
    }

    /// <summary>What a gate says of it that runs the integration suite there.</summary>
    private async Task<Measurement> IntegrationAsync(LocalPlatform platform)
    {
        await platform.DescribeAsync(Cancellation);
        var output = Path.Combine(Suite.StageFolder.Logs, "integration");
        var judged = await VerifyProgram.RunAsync(
            Suite,
            platform,
            [
                "gate",
                "--profile",
                Profile.OfClusters,
                "--stack",
                Suite.StageFolder.Stack,
                "--yes",
                "--output",
                output,
                .. Handed("--gates", VerifyVariables.Gates),
                .. Handed("--sut", VerifyVariables.Sut),
            ],
            Cancellation
        );
        var said = judged.Output + judged.Error;
        await File.WriteAllTextAsync($"{output}.log", said, Cancellation);
        var verdict = Path.Combine(output, "verdict.json");
        if (!File.Exists(verdict))
            return Measurement.NotMeasured(Integration, $"the gate gave no verdict, with exit code {judged.ExitCode}: {said.Trim()}");
        var release = DocumentReader.Read(verdict, "verdict").As<ReleaseVerdict>();
        return Measurement.OfVerdict(Integration, release) with
        {
            Files = [new CheckFiles(Suite.Folder).Keep(TestName, "integration", release)],
        };
    }

    /// <summary>What this run was asked for, it is asked for, too.</summary>
    private static IReadOnlyList<string> Handed(string option, string variable) =>
        VerifyVariables.Value(variable) is { } file ? [option, file] : [];
}
