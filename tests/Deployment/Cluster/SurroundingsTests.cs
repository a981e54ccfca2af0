using System.Text.Json;
using k8s;
using k8s.Models;
using Verification.Cluster.Deployments;
using Verification.Cluster.Programs;
using Verification.Cluster.Releases;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What is around a deployed platform, judged by the program itself as somebody does who brings a cluster.</summary>
public sealed class SurroundingsTests(SuiteFixture suite, ExposedFixture exposed) : ExposedTest(suite, exposed)
{
    private const string Watched = "deployed.targets";
    private const string Quiet = "deployed.quiet";
    private const string Followed = "deployed.followed";
    private const string Admitted = "deployed.admitted";
    private const string WayIn = "deployed.way-in";
    private const string Another = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static readonly string[] Services = ["dashboard", "server"];
    private static readonly string[] All = [Watched, Quiet, Followed, Admitted, WayIn];
    private static readonly string[] Broken = [Watched, Admitted, WayIn];

    [Fact]
    [Objective("deployed.surroundings")]
    public async Task Surroundings_pass_the_gate_and_what_of_them_is_broken_fails_it()
    {
        var platform = await RequireExposedAsync();
        if ((platform.WatchMissing ?? platform.LogsMissing) is { } missing)
            NotMeasured(missing);
        var stack = await platform.Platform.DescribeAsync(Cancellation);
        await RecordAsync(platform, service => stack.Components.Single(component => component.Role == service).Digest);

        var sound = await JudgeAsync(platform, platform.Token(), "sound");
        var deviations = All.Where(objective => sound.GetValueOrDefault(objective) != "pass")
            .Select(objective => $"{objective} of a sound platform is {sound.GetValueOrDefault(objective, "not judged")}")
            .ToList();

        await RecordAsync(platform, _ => Another);
        await platform.Client.CustomObjects.DeleteNamespacedCustomObjectAsync(
            "monitoring.coreos.com",
            "v1",
            "monitoring",
            "servicemonitors",
            "server",
            cancellationToken: Cancellation
        );
        try
        {
            var broken = await JudgeAsync(platform, platform.WrongTokens().First(each => each.Token is not null).Token!, "broken");
            deviations.AddRange(
                Broken
                    .Where(objective => broken.GetValueOrDefault(objective) != "fail")
                    .Select(objective => $"{objective} of what was broken is {broken.GetValueOrDefault(objective, "not judged")}")
            );
        }
        finally
        {
            await platform.Client.CoreV1.DeleteNamespacedConfigMapAsync(
                ReleaseHistory.Name,
                LocalPlatform.Namespace,
                cancellationToken: CancellationToken.None
            );
            // For those that come after it.
            await platform.WatchInAsync(Verification.Stack.Components.Watching.TimeLapse.None, CancellationToken.None);
        }

        Decide(Measurement.OfDeviations("deployed.surroundings", deviations, All.Length + Broken.Length));
    }

    /// <summary>As the hook of a deployment records what it lets through.</summary>
    private static async Task RecordAsync(ExposedPlatform platform, Func<string, string> digest)
    {
        var map = new V1ConfigMap
        {
            Metadata = new V1ObjectMeta { Name = ReleaseHistory.Name, NamespaceProperty = LocalPlatform.Namespace },
        };
        var images = Services.ToDictionary(
            service => service,
            service => $"registry.example/{service}@{digest(service)}",
            StringComparer.Ordinal
        );
        ReleaseHistory
            .None.With(
                new RecordedRelease(
                    TimeProvider.System.GetUtcNow(),
                    "somebody",
                    "local",
                    images,
                    new string('c', 64),
                    new string('e', 64),
                    null,
                    null,
                    "tried"
                )
            )
            .WriteTo(map);
        var there = await platform.Client.CoreV1.ListNamespacedConfigMapAsync(LocalPlatform.Namespace, cancellationToken: Cancellation);
        await (
            there.Items.Any(each => each.Name() == ReleaseHistory.Name)
                ? platform.Client.CoreV1.ReplaceNamespacedConfigMapAsync(
                    map,
                    ReleaseHistory.Name,
                    LocalPlatform.Namespace,
                    cancellationToken: Cancellation
                )
                : platform.Client.CoreV1.CreateNamespacedConfigMapAsync(map, LocalPlatform.Namespace, cancellationToken: Cancellation)
        );
    }

    /// <summary>The verdict on each objective of the surroundings.</summary>
    private async Task<IReadOnlyDictionary<string, string>> JudgeAsync(ExposedPlatform platform, string token, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Suite.StageFolder.Logs, name)).FullName;
        var stack = Path.Combine(folder, "stack.json");
        var (authority, credential) = (Path.Combine(folder, "authority.pem"), Path.Combine(folder, "token"));
        await File.WriteAllTextAsync(authority, platform.Gateway.Authority.ExportCertificatePem(), Cancellation);
        await File.WriteAllTextAsync(credential, token, Cancellation);
        var attached = await VerifyAsync(
            platform,
            "attach",
            "--context",
            platform.Platform.Cluster.Address.Context,
            "--namespace",
            LocalPlatform.Namespace,
            "--gateway",
            $"https://{platform.Gateway.Host}",
            "--gateway-address",
            $"{platform.Gateway.Address}",
            "--gateway-authority",
            authority,
            "--gateway-token",
            $"file:{credential}",
            "--output",
            stack
        );
        if (attached.ExitCode != 0)
            throw new StateNotSeenException("the platform is described", TimeSpan.Zero, attached.Output + attached.Error, null);
        var output = Path.Combine(folder, "verdict");
        var judged = await VerifyAsync(
            platform,
            ["gate", "--profile", "deployed", "--stack", stack, "--yes", "--output", output, "--only", .. All]
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "gate.log"), judged.Output + judged.Error, Cancellation);
        var verdict = Path.Combine(output, "verdict.json");
        if (!File.Exists(verdict))
            throw new StateNotSeenException("the platform is judged", TimeSpan.Zero, judged.Output + judged.Error, null);
        using var read = JsonDocument.Parse(await File.ReadAllTextAsync(verdict, Cancellation));
        return read
            .RootElement.GetProperty("objectives")
            .EnumerateArray()
            .ToDictionary(
                objective => objective.GetProperty("objective").GetProperty("id").GetString()!,
                objective => objective.GetProperty("verdict").GetString()!,
                StringComparer.Ordinal
            );
    }

    private Task<ToolResult> VerifyAsync(ExposedPlatform platform, params string[] arguments) =>
        VerifyProgram.RunAsync(Suite, platform.Platform, arguments, Cancellation);
}
