namespace Verification.Cluster.Monitoring;

/// <summary>A rule that a PrometheusRule of the cluster holds.</summary>
/// <param name="Name">Name of the alert, or of what is recorded.</param>
/// <param name="Expression">When it is due, or what is recorded.</param>
/// <param name="For">How long it is due before the alert fires, as Prometheus writes durations; empty for not at all.</param>
/// <param name="KeepFiringFor">How long the alert fires on, as Prometheus writes durations; empty for not at all.</param>
public sealed record DeclaredRule(string Name, string Expression, string For, string KeepFiringFor);
