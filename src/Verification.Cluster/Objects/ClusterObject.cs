namespace Verification.Cluster.Objects;

/// <summary>An object of a cluster, as far as it matters whether it is the same as before.</summary>
/// <param name="Id">Its kind, namespace and name.</param>
/// <param name="Uid">What it is told by from one of the same name that came before.</param>
/// <param name="State">What changes when somebody changes it: its generation, or, where it has none, its version, or what it says.</param>
/// <param name="IsOurs">Whether it is labelled as a part of the platform.</param>
/// <param name="Restarts">How often its containers have been restarted; 0 for what is no pod.</param>
public sealed record ClusterObject(string Id, string Uid, string State, bool IsOurs, int Restarts);
