namespace Verification.Cluster.Manifests.Checks;

/// <summary>A pod has time to end what it has in hand after it was taken out of service: 8 s for a service of ours.</summary>
internal sealed class GraceOutlastsDrain : PodCheck
{
    /// <inheritdoc />
    public override string Name => "grace";

    /// <summary>How long a service takes from SIGTERM to its end at most, in s.</summary>
    private const int InHand = 8;

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, ManifestSet set) =>
        pod
            .Spec.ListAt("containers")
            .Select(container => container.TextAt("lifecycle", "preStop", "sleep", "seconds"))
            .Select(text => int.TryParse(text, out var seconds) ? seconds : 0)
            .Max()
            is var drain
        && drain > 0
        && int.TryParse(pod.Spec.TextAt("terminationGracePeriodSeconds"), out var grace)
        && grace < drain + InHand
            ? (
                $"is killed {grace} s after it was asked to end, of which it waits {drain} s",
                $"set terminationGracePeriodSeconds to {drain + InHand} or more"
            )
            : null;
}
