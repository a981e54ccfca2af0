namespace Verification.Objectives;

/// <summary>One suite on one kind of broker and one topology: what is run at a time, on a stack of its own.</summary>
/// <param name="Suite">Name of the test assembly in lower case.</param>
/// <param name="Broker">Kind of broker; null for a suite that needs no platform.</param>
/// <param name="Topology">Arrangement of the components; null for a suite that needs no platform.</param>
public sealed record Stage(string Suite, string? Broker = null, string? Topology = null)
{
    /// <summary>What its files are named by: <c>integration-artemis-single</c>, <c>chaos-artemis-ha-monitoring</c>, <c>unit</c>.</summary>
    public string Name => string.Join('-', new[] { Suite, Broker, Topology?.Replace('+', '-') }.OfType<string>());
}
