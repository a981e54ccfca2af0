using Verification.Stack;
using Verification.Stack.Topologies;

namespace Verification.Gate.Platform;

/// <summary>Which platform is meant.</summary>
/// <param name="Root">The project.</param>
/// <param name="Sut">Path of the description of the system under test.</param>
/// <param name="Broker">Kind of broker asked for; null for the default of this machine.</param>
/// <param name="Images">Images that replace the default ones, by component.</param>
internal sealed record PlatformChoice(ProjectRoot Root, string Sut, BrokerKind? Broker, IReadOnlyDictionary<string, string> Images)
{
    /// <summary>How its components are arranged.</summary>
    public Topology Topology { get; init; } = KnownTopologies.OneOfEach;
}
