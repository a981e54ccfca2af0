using k8s;
using k8s.Models;
using Verification.Cluster.Deployments;
using Verification.Cluster.Policies;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>Who reaches whom within the cluster.</summary>
public sealed class PolicyTests(SuiteFixture suite, ExposedFixture exposed) : WholeTest(suite, exposed)
{
    private const string NameLabel = "app.kubernetes.io/name";
    private static readonly TimeSpan ReachedWithin = TimeSpan.FromSeconds(30);

    /// <summary>What may not be reached by everybody, and whether the Server may.</summary>
    private static readonly (string Name, int Port, bool ByServer)[] Guarded =
    [
        ("haproxy", 3306, true),
        ("mysql", 3306, false),
        ("redis", 6379, true),
        ("haproxy", 61613, true),
        ("redis", 16379, false),
        ("artemis", 61613, false),
        ("artemis", 61616, false),
        ("artemis", 9404, false),
        ("dashboard", 8080, false),
        ("server", 8080, false),
    ];

    [Fact]
    [Objective("policies.hold")]
    public async Task A_pod_that_no_policy_admits_reaches_neither_stores_nor_broker_and_the_services_do()
    {
        var platform = await RequireExposedAsync();
        var image = (await PodAsync(platform, "redis")).Spec.Containers[0].Image;
        // Known by the same label as the Server; of no Service, as that goes by a second one.
        await using var known = await ProbePod.StartAsync(
            platform.Client,
            LocalPlatform.Namespace,
            "known",
            image,
            new Dictionary<string, string> { [NameLabel] = "server" },
            Cancellation
        );
        await using var stranger = await ProbePod.StartAsync(
            platform.Client,
            LocalPlatform.Namespace,
            "stranger",
            image,
            new Dictionary<string, string> { [NameLabel] = "stranger" },
            Cancellation
        );
        await using var outsider = await ProbePod.StartAsync(
            platform.Client,
            "default",
            "outsider",
            image,
            new Dictionary<string, string> { [NameLabel] = "server" },
            Cancellation
        );

        var deviations = new List<string>();
        foreach (var (name, port, byServer) in Guarded)
        {
            var address = (await PodAsync(platform, name)).Status.PodIP;
            if (byServer && !await ReachesInTimeAsync(known, address, port))
                deviations.Add(
                    $"a pod that is labelled as the Server does not reach {name}:{port} within {ReachedWithin.TotalSeconds:0} s"
                );
            foreach (
                var (who, pod) in new[]
                {
                    ("a pod of the platform's namespace that nothing admits", stranger),
                    ("a pod of another namespace that calls itself server", outsider),
                    ("the Server", known),
                }
            )
            {
                if (!(byServer && pod == known) && await pod.ReachesAsync(address, port, Cancellation))
                    deviations.Add($"{who} reaches {name}:{port}");
            }
        }

        Decide(Measurement.OfDeviations("policies.hold", deviations, 3 * Guarded.Length));
    }

    private static async Task<V1Pod> PodAsync(ExposedPlatform platform, string name) =>
        (
            await platform.Client.CoreV1.ListNamespacedPodAsync(
                LocalPlatform.Namespace,
                labelSelector: $"{NameLabel}={name},app.kubernetes.io/part-of=sportbuff",
                cancellationToken: Cancellation
            )
        ).Items.First(pod => pod.Metadata.DeletionTimestamp is null && pod.Status.Phase == "Running");

    /// <summary>What holds pods to their policies learns of a new one by and by.</summary>
    private static async Task<bool> ReachesInTimeAsync(ProbePod pod, string address, int port)
    {
        try
        {
            await Eventually.IsTrueAsync(
                $"{pod.Name} reaches port {port}",
                ReachedWithin,
                ct => pod.ReachesAsync(address, port, ct),
                Cancellation
            );
            return true;
        }
        catch (StateNotSeenException)
        {
            return false;
        }
    }
}
