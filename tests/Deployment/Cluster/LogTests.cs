using k8s;
using k8s.Models;
using Verification.Cluster.Deployments;
using Verification.Observability;
using Verification.Platform;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>Where the pods' own logs are searched.</summary>
public sealed class LogTests(SuiteFixture suite, ExposedFixture exposed) : ExposedTest(suite, exposed)
{
    private const int Buffs = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Way = ["dashboard", "server"];

    /// <summary>What a pod has written of a buff is what the kubelet gives; what is found is what Elasticsearch gives for the trace id
    /// alone.</summary>
    [Fact]
    [Objective("logs.of-pods")]
    public async Task A_buff_that_is_posted_at_the_gateway_is_found_by_its_trace_id_in_all_that_the_pods_wrote_of_it()
    {
        var platform = await RequireExposedAsync();
        if (platform.LogsMissing is { } missing)
            NotMeasured(missing);
        await using var stack = await platform.Platform.AttachAsync(Cancellation);
        await using var driven = PlatformUnderTest.Of(
            stack,
            new ScenarioHistory(Suite.History, TestName),
            Suite.Folder,
            (_, _) => platform.NewClient(platform.Token())
        );
        using var elasticsearch = new ElasticsearchApi(platform.Elasticsearch);
        var slowest = TimeSpan.Zero;
        for (var number = 0; number < Buffs; number++)
        {
            var question = Marker.New("followed");
            var trace = TraceContext.IdOf(question);
            Assert.Equal(200, (await driven.PostAsync(question, Cancellation)).Status);
            var acknowledged = TimeProvider.System.GetTimestamp();
            await Eventually.SeeAsync(
                "every line of the pods with the trace id of a buff is found by it in Elasticsearch",
                Patience,
                ct => FoundAsync(platform, elasticsearch, trace, ct),
                found =>
                    Way.All(service => found.Any(pod => pod.Service == service && pod.Written > 0))
                    && found.All(pod => pod.Found >= pod.Written),
                Cancellation
            );
            var took = TimeProvider.System.GetElapsedTime(acknowledged);
            slowest = took > slowest ? took : slowest;
        }

        Decide(new Measurement("logs.of-pods", slowest.TotalSeconds, Buffs, Resolution: 0.1));
    }

    private static async Task<Lines> FoundAsync(
        ExposedPlatform platform,
        ElasticsearchApi elasticsearch,
        string trace,
        CancellationToken cancellationToken
    )
    {
        var pods = await platform.Client.CoreV1.ListNamespacedPodAsync(
            LocalPlatform.Namespace,
            labelSelector: $"app.kubernetes.io/name in ({string.Join(',', Way)})",
            cancellationToken: cancellationToken
        );
        var written = new Lines();
        foreach (var pod in pods.Items)
            written.Add(
                new PodLines(
                    pod.GetLabel("app.kubernetes.io/name"),
                    pod.Name(),
                    await WrittenAsync(platform, pod.Name(), trace, cancellationToken),
                    0
                )
            );
        // Asked last: what is found is at least what was written before.
        var stored = await elasticsearch.FindAsync(LogStream.Lines, "trace_id", trace, cancellationToken);
        return [.. written.Select(pod => pod with { Found = stored.Count(line => line.Pod == pod.Pod) })];
    }

    private static async Task<int> WrittenAsync(ExposedPlatform platform, string pod, string trace, CancellationToken cancellationToken)
    {
        await using var log = await platform.Client.CoreV1.ReadNamespacedPodLogAsync(
            pod,
            LocalPlatform.Namespace,
            cancellationToken: cancellationToken
        );
        using var reader = new StreamReader(log);
        return (await reader.ReadToEndAsync(cancellationToken)).Split('\n').Count(line => line.Contains(trace, StringComparison.Ordinal));
    }

    private sealed class Lines : List<PodLines>
    {
        public override string ToString() => string.Join("; ", this);
    }

    private sealed record PodLines(string Service, string Pod, int Written, int Found)
    {
        public override string ToString() => $"{Pod} wrote {Written}, {Found} were found";
    }
}
