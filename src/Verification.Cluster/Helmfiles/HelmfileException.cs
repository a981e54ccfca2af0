namespace Verification.Cluster.Helmfiles;

/// <summary>Helmfile has not done what it was to do: of what is deployed, that is an observation.</summary>
/// <param name="command">What it was to do.</param>
/// <param name="why">What helm, or the API server, said.</param>
public sealed class HelmfileException(string command, string why) : Exception($"helmfile {command}: {why}")
{
    /// <summary>What helm, or the API server, said.</summary>
    public string Why { get; } = why;
}
