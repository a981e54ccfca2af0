using System.Globalization;
using k8s.Models;
using Verification.Cluster.Control;

namespace Verification.Cluster.Scaling;

/// <summary>A look at a service that an autoscaler scales.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Least">How many pods its autoscaler leaves it at least.</param>
/// <param name="Wanted">How many pods its Deployment asks for.</param>
/// <param name="Pods">How many pods there are, those that are going, too.</param>
/// <param name="Serving">How many of them are ready, and clients are led to them.</param>
public sealed record ServiceScale(string Service, int Least, int Wanted, int Pods, int Serving)
{
    /// <summary>The share of the processor, in percent of what pods ask for, at which its autoscaler leaves their number alone.</summary>
    public int TargetPercent { get; init; }

    /// <summary>The share that the autoscaler has seen last, in percent; null where it sees none.</summary>
    public int? UsedPercent { get; init; }

    /// <summary>What the autoscaler says of it where it sees no share; empty where it sees one.</summary>
    public string Silence { get; init; } = string.Empty;

    /// <summary>Whether it has all the pods that it has at least, and no other.</summary>
    public bool IsAtLeast => Wanted == Least && Pods == Least && Serving == Least;

    /// <summary>Whether clients are led to more pods than it has at least.</summary>
    public bool IsScaledOut => Serving > Least;

    /// <summary>Whether nobody tells the autoscaler what pods use: then it is not to blame. It tells itself where pods do not say what they
    /// ask for.</summary>
    public bool IsUnmeasured =>
        UsedPercent is null && Silence.Length > 0 && !Silence.Contains("missing request", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is seen, in a few words.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Service}: {Serving} of {Pods} pods serve, {Wanted} are wanted, {Least} at least; {(UsedPercent is { } used ? $"they use {used} % of the processor that they ask for, and {TargetPercent} % is the target" : $"the autoscaler sees no use of the processor ({Silence})")}"
        );

    /// <summary>Puts a look together.</summary>
    /// <param name="autoscaler">The autoscaler.</param>
    /// <param name="deployment">What it scales.</param>
    /// <param name="pods">The pods of that.</param>
    /// <param name="slices">Whom clients of the service are led to.</param>
    internal static ServiceScale Of(
        V2HorizontalPodAutoscaler autoscaler,
        V1Deployment deployment,
        IEnumerable<V1Pod> pods,
        IEnumerable<V1EndpointSlice> slices
    )
    {
        var led = slices
            .SelectMany(slice => slice.Endpoints ?? [])
            .Where(endpoint => endpoint.Conditions?.Ready == true && endpoint.TargetRef is not null)
            .Select(endpoint => endpoint.TargetRef.Uid)
            .ToHashSet(StringComparer.Ordinal);
        var all = pods.ToList();
        var used = autoscaler
            .Status?.CurrentMetrics?.Select(metric => metric.Resource?.Current?.AverageUtilization)
            .FirstOrDefault(share => share is not null);
        var active = autoscaler.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "ScalingActive");
        return new ServiceScale(
            deployment.Name(),
            autoscaler.Spec.MinReplicas ?? 1,
            deployment.Spec.Replicas ?? 1,
            all.Count,
            all.Count(pod => pod.Metadata.DeletionTimestamp is null && pod.IsReady() && led.Contains(pod.Uid()))
        )
        {
            TargetPercent =
                autoscaler
                    .Spec.Metrics?.Select(metric => metric.Resource?.Target?.AverageUtilization)
                    .FirstOrDefault(share => share is not null)
                ?? 0,
            UsedPercent = active?.Status == "False" ? null : used,
            Silence =
                active?.Status == "False" ? $"{active.Reason}: {active.Message}"
                : used is null ? "it has not looked yet"
                : string.Empty,
        };
    }
}
