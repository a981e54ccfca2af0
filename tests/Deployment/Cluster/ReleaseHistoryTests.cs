using System.Text.Json;
using k8s;
using k8s.Models;
using Verification.Cluster.Nodes;
using Verification.Cluster.Programs;
using Verification.Cluster.Releases;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What the hook of a deployment leaves in the cluster, and what it takes from there: with the program itself, and a registry on
/// loopback.</summary>
public sealed class ReleaseHistoryTests(SuiteFixture suite) : DeploymentTest(suite)
{
    private const string Space = "sportbuff";
    private const string Reason = "the registry is down, ana";

    [Fact]
    [Objective("deployed.recorded")]
    public async Task What_is_let_through_is_recorded_and_what_a_verdict_let_through_before_is_let_through_whatever_its_age()
    {
        await MeasureAloneAsync();
        await using var cluster = await RequireClusterAsync();
        var (registry, missing) = await FindRegistryAsync();
        await using var end = registry;
        var host = registry?.Host ?? "127.0.0.1:9";
        var deployer = new Deployer(Suite, cluster, PublishedRelease.Make(Suite.StageFolder, host));

        List<string?> steps =
        [
            Unless(await deployer.HookAsync(Reason) is (2, _), "an override was let through where there is no namespace to record it in"),
            await MakeNamespaceAsync(cluster),
            Unless(await deployer.HookAsync() is (not 0, _), "a release without a verdict was let through"),
            Unless((await deployer.HistoryAsync()).Count == 0, "what was refused is recorded"),
            Unless(await deployer.HookAsync(Reason) is (0, _), "an override was refused"),
            Unless(await deployer.HookAsync(Reason) is (0, _), "an override was refused the second time"),
            Unless(
                await deployer.HistoryAsync() is [{ Override: Reason, Verdict: null, User.Length: > 0 }],
                "the override is not recorded once, with its reason and its user"
            ),
        ];
        if (registry is not null)
            steps.AddRange(await VerdictsAsync(deployer, host));
        var deviations = steps.OfType<string>().ToList();
        // What overrides do wrong is known without.
        if (missing is not null && deviations.Count == 0)
            NotMeasured($"what a verdict lets through was not looked at: {missing}");
        Decide(Measurement.OfDeviations("deployed.recorded", deviations, steps.Count));
    }

    private async Task<(LoopbackRegistry? Registry, string? Missing)> FindRegistryAsync()
    {
        try
        {
            return (await LoopbackRegistry.StartAsync(Suite.StageFolder, Cancellation), null);
        }
        catch (Exception e) when (e is ToolMissingException or StateNotSeenException)
        {
            return (null, e.Message);
        }
    }

    private async Task<IReadOnlyList<string?>> VerdictsAsync(Deployer deployer, string registry)
    {
        await deployer.Release.PublishAsync(Suite.StageFolder, registry, key: null, Cancellation);
        return
        [
            Unless(
                await deployer.AdmitAsync("1m") is (1, _),
                "a verdict that is too old was let through, though only an override is recorded"
            ),
            Unless(
                await deployer.HookAsync(profile: "release") is (1, var said)
                    && said.Contains("profile nightly, and profile release is required", StringComparison.Ordinal),
                "a verdict of nightly was let through where one of release is required"
            ),
            Unless(await deployer.HookAsync() is (0, _), "a release with a verdict was refused"),
            Unless(
                await deployer.HistoryAsync() is [_, { Override: null, Verdict.Profile: "nightly" }],
                "the release with a verdict is not recorded"
            ),
            Unless(
                await deployer.AdmitAsync("1m") is (0, _),
                "a verdict that is too old was refused, though the cluster has had the release"
            ),
            Unless(
                await deployer.WithOtherConfigurationAsync(() => deployer.AdmitAsync("1m")) is (1, _),
                "a release that the cluster has had was let through with another config/"
            ),
            Unless((await deployer.HistoryAsync()).Count == 2, "the same release is recorded twice"),
        ];
    }

    private static string? Unless(bool asExpected, string deviation) => asExpected ? null : deviation;

    private static async Task<string?> MakeNamespaceAsync(ThrowawayCluster cluster)
    {
        await cluster.Client.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new V1ObjectMeta { Name = Space } },
            cancellationToken: Cancellation
        );
        return null;
    }

    private async Task<ThrowawayCluster> RequireClusterAsync()
    {
        try
        {
            return await ThrowawayCluster.StartAsync(
                Suite.Root,
                Suite.StageFolder,
                message => TestContext.Current.SendDiagnosticMessage(message),
                Cancellation
            );
        }
        catch (Exception e) when (e is ClusterMissingException or ImageException or EngineMissingException)
        {
            NotMeasured(e.Message);
            throw;
        }
    }

    /// <summary>Somebody who deploys, as Helmfile calls the hook.</summary>
    private sealed class Deployer(SuiteSession suite, ThrowawayCluster cluster, PublishedRelease release)
    {
        private readonly Tool program = new("verify", Path.Combine(AppContext.BaseDirectory, "Verification.Gate"));
        private readonly Tool hook = new("require-verdict", Path.Combine(suite.Root.Path, "environments", "hooks", "require-verdict"));

        public PublishedRelease Release => release;

        public async Task<(int Code, string Said)> HookAsync(string? reason = null, string profile = "nightly")
        {
            var images = JsonSerializer.Serialize(release.Images);
            return await RunAsync(
                hook,
                [profile, "local", images, "none", cluster.Address.Context, Space, "false"],
                reason is null ? [] : new() { ["ADMIT_OVERRIDE"] = reason }
            );
        }

        /// <summary>What the hook does, with another age that is allowed.</summary>
        public async Task<(int Code, string Said)> AdmitAsync(string maxAge)
        {
            var deployed = Path.Combine(release.Root, "images.yaml");
            await File.WriteAllTextAsync(
                deployed,
                $"images:\n{string.Concat(release.Images.Select(image => $"  {image.Key}: {image.Value}\n"))}",
                Cancellation
            );
            return await RunAsync(
                program,
                [
                    "admit",
                    "--deployed",
                    deployed,
                    "--max-age",
                    maxAge,
                    "--history",
                    "--context",
                    cluster.Address.Context,
                    "--namespace",
                    Space,
                ],
                []
            );
        }

        public async Task<IReadOnlyList<RecordedRelease>> HistoryAsync()
        {
            var (code, said) = await RunAsync(
                program,
                ["history", "--cluster", "--context", cluster.Address.Context, "--namespace", Space, "--json"],
                []
            );
            Assert.True(code == 0, said);
            return JsonSerializer.Deserialize<Told>(said, DocumentReader.Json)!.Releases;
        }

        public async Task<T> WithOtherConfigurationAsync<T>(Func<Task<T>> ask)
        {
            var other = Directory.CreateDirectory(Path.Combine(release.Root, "config"));
            await File.WriteAllTextAsync(Path.Combine(other.FullName, "redis.conf"), "maxmemory 1\n", Cancellation);
            try
            {
                return await ask();
            }
            finally
            {
                other.Delete(recursive: true);
            }
        }

        private async Task<(int Code, string Said)> RunAsync(
            Tool tool,
            IReadOnlyList<string> arguments,
            Dictionary<string, string> variables
        )
        {
            (variables["KUBECONFIG"], variables["JUDGE"], variables[VerifyVariables.Root]) = (
                cluster.Kubeconfig,
                program.Path,
                release.Root
            );
            var result = await tool.RunAsync(suite.StageFolder, arguments, variables, suite.Root.Path, Cancellation);
            return (result.ExitCode, (result.Output + result.Error).ReplaceLineEndings(" "));
        }

        private sealed record Told(IReadOnlyList<RecordedRelease> Releases);
    }
}
