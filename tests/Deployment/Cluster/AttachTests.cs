using Verification.Cluster.Deployments;
using Verification.Cluster.Programs;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A platform that runs in a cluster is judged as whoever deployed it would judge it: by the program itself, which finds it by its labels.</summary>
public sealed class AttachTests(SuiteFixture suite) : ClusterTest(suite)
{
    private const string Refused = "contract.get";

    [Fact]
    [Objective("deployed.passes")]
    [Objective("deployed.refuses")]
    public async Task A_deployed_platform_passes_its_gate_and_a_release_that_answers_wrongly_does_not()
    {
        RequirePrograms();
        await MeasureAloneAsync();
        await using var platform = await RequirePlatformAsync();

        var passes = new List<string>();
        if (await platform.SyncAsync(Cancellation) is { } refusal)
            passes.Add(refusal);
        else if (await JudgeAsync(platform, "good") is var gate && gate.ExitCode != ExitCodes.Pass)
            passes.Add($"the gate of a good release ended with exit code {gate.ExitCode}: {Quotation.Lines(gate.Output + gate.Error)}");
        Keep(Measurement.OfDeviations("deployed.passes", passes, 1));

        var wrong = await WrongServer.MakeAsync(Suite.Root, Cancellation);
        if (await platform.SyncAsync(wrong, Cancellation) is { } notReady)
        {
            Decide(Measurement.NotMeasured("deployed.refuses", $"the wrong release did not start: {notReady}"));
            return;
        }

        var seen = await JudgeAsync(platform, "wrong");
        Decide(Measurement.OfDeviations(
            "deployed.refuses",
            seen.ExitCode == ExitCodes.Fail && seen.Output.Contains(Refused, StringComparison.Ordinal)
                ? []
                : [$"a Server that lists the newest buff first: the gate ended with exit code {seen.ExitCode}, and FAIL ({ExitCodes.Fail}) of {Refused} was expected: {Quotation.Lines(seen.Output + seen.Error)}"],
            1));
    }

    /// <summary>Attaches, and judges, as the commands of docs/deployment.md do.</summary>
    private async Task<ToolResult> JudgeAsync(LocalPlatform platform, string release)
    {
        var stack = Path.Combine(Suite.StageFolder.Secrets, release, "stack.json");
        var attached = await VerifyAsync(platform, "attach", "--context", platform.Cluster.Address.Context, "--namespace", LocalPlatform.Namespace, "--output", stack);
        return attached.ExitCode == ExitCodes.Pass
            ? await VerifyAsync(platform, "gate", "--profile", "deployed", "--stack", stack, "--yes", "--gates", InProject("gates.yaml"))
            : attached;
    }

    /// <summary>The suites and <c>config/</c> that it takes are those of the checkout.</summary>
    private Task<ToolResult> VerifyAsync(LocalPlatform platform, params string[] arguments) => new Tool("verify", Path.Combine(AppContext.BaseDirectory, "Verification.Gate")).RunAsync(
        Suite.StageFolder,
        arguments,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["KUBECONFIG"] = platform.Cluster.Kubeconfig, [VerifyVariables.Root] = string.Empty },
        Suite.Root.Path,
        Cancellation);
}
