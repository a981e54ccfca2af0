namespace Verification.Stack;

/// <summary>Where a Kubernetes cluster is, as kubectl is told it.</summary>
/// <param name="Kubeconfig">Absolute path of the file that has the context.</param>
/// <param name="Context">Name of the context.</param>
public sealed record ClusterAddress(string Kubeconfig, string Context);
