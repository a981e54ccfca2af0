namespace Verification.Cluster.Bootstrap;

/// <summary>A file of secrets could not be encrypted.</summary>
/// <param name="message">Who refused, and what was said.</param>
public sealed class BootstrapException(string message) : Exception(message);
