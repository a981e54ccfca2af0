using k8s;
using k8s.Autorest;
using k8s.Models;
using Verification.Cluster.Control;

namespace Verification.Cluster.Diagnosis;

/// <summary>Why pods are not ready, in the words of the cluster: their states, the last warnings about them, the ends of their
/// logs.</summary>
public static class PodDiagnosis
{
    /// <summary>What each line of a pod begins with; they come first.</summary>
    internal const string OfPod = "pod ";

    private const int Told = 4;
    private const int Warnings = 3;
    private const int LogLines = 5;

    /// <summary>Looks at a namespace.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="space">The namespace.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A line for each of the first four pods that are not ready, and warnings about what has none; empty where all are
    /// ready.</returns>
    public static async Task<string> OfAsync(IKubernetes cluster, string space, CancellationToken cancellationToken)
    {
        try
        {
            var pods = (await cluster.CoreV1.ListNamespacedPodAsync(space, cancellationToken: cancellationToken).ConfigureAwait(false))
                .Items.Where(pod => !IsWell(pod))
                .ToList();
            var events = (await cluster.CoreV1.ListNamespacedEventAsync(space, cancellationToken: cancellationToken).ConfigureAwait(false))
                .Items.Where(each => each.Type == "Warning")
                .OrderBy(each => each.LastTimestamp ?? each.Metadata.CreationTimestamp)
                .ToList();
            var lines = new List<string>();
            foreach (var pod in pods.Take(Told))
                lines.Add(await LineAsync(cluster, pod, events, cancellationToken).ConfigureAwait(false));
            // A pod that was refused is nowhere but in its controller's events.
            lines.AddRange(
                events
                    .Where(each => each.InvolvedObject.Kind != "Pod")
                    .Select(each => $"{each.InvolvedObject.Kind.ToLowerInvariant()} {each.InvolvedObject.Name}: {each.Message}")
                    .Distinct()
                    .TakeLast(Warnings)
            );
            return string.Join('\n', lines);
        }
        catch (Exception e) when (e is HttpOperationException or HttpRequestException)
        {
            return $"the cluster can't be asked: {e.Message}";
        }
    }

    private static bool IsWell(V1Pod pod) => pod.Status.Phase == "Succeeded" || pod.IsReady();

    private static async Task<string> LineAsync(
        IKubernetes cluster,
        V1Pod pod,
        IEnumerable<Corev1Event> events,
        CancellationToken cancellationToken
    )
    {
        var states = (pod.Status.ContainerStatuses ?? []).Select(StateOf);
        var warnings = events
            .Where(each => each.InvolvedObject.Kind == "Pod" && each.InvolvedObject.Name == pod.Name())
            .Select(each => each.Message)
            .Distinct()
            .TakeLast(Warnings);
        return $"{OfPod}{pod.Name()} is {pod.Status.Phase}{string.Concat(states)}; events: {Or(string.Join(" | ", warnings))}; log: {Or(await LogAsync(cluster, pod, cancellationToken).ConfigureAwait(false))}";
    }

    private static string StateOf(V1ContainerStatus container) =>
        $", {container.Name} {(container.State.Waiting is { } waiting ? $"waits: {waiting.Reason}" : container.State.Terminated is { } ended ? $"ended with {ended.ExitCode}" : container.Ready ? "ready" : "not ready")}, restarted {container.RestartCount} times";

    private static async Task<string> LogAsync(IKubernetes cluster, V1Pod pod, CancellationToken cancellationToken)
    {
        var restarted = (pod.Status.ContainerStatuses ?? []).Any(container => container.RestartCount > 0);
        try
        {
            var stream = await cluster
                .CoreV1.ReadNamespacedPodLogAsync(
                    pod.Name(),
                    pod.Namespace(),
                    previous: restarted,
                    tailLines: LogLines,
                    cancellationToken: cancellationToken
                )
                .ConfigureAwait(false);
            using var reader = new StreamReader(stream);
            return string.Join(
                " | ",
                (await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).Split(
                    '\n',
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                )
            );
        }
        catch (HttpOperationException)
        {
            // It has not begun to write.
            return string.Empty;
        }
    }

    private static string Or(string text) => text.Length > 0 ? text : "none";
}
