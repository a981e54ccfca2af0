namespace Verification.Cluster.Nodes;

/// <summary>This machine can't have a throwaway cluster: what is missing, and what to do. Nothing is said of what was to be
/// deployed.</summary>
/// <param name="message">One sentence.</param>
/// <param name="cause">What lies behind it; null for nothing.</param>
public sealed class ClusterMissingException(string message, Exception? cause = null) : Exception(message, cause);
