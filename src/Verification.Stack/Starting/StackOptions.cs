using Verification.Objectives;
using Verification.Stack.Components.Watching;
using Verification.Stack.Images;
using Verification.Stack.Topologies;

namespace Verification.Stack.Starting;

/// <summary>What to start.</summary>
/// <param name="Root">The project whose configuration is used.</param>
/// <param name="Folder">Folder of the run it belongs to.</param>
/// <param name="Images">Image of each component (<c>mysql</c>, <c>redis</c>, <c>classic</c>, <c>dashboard</c>, <c>server</c>).</param>
/// <param name="Broker">Kind of broker.</param>
/// <param name="Sut">The system under test.</param>
/// <param name="Kept">Whether it outlives its starter.</param>
public sealed record StackOptions(
    ProjectRoot Root,
    RunFolder Folder,
    IReadOnlyDictionary<string, ComponentImage> Images,
    BrokerKind Broker,
    SystemUnderTest Sut,
    bool Kept = false
)
{
    /// <summary>How its components are arranged.</summary>
    public Topology Topology { get; init; } = KnownTopologies.OneOfEach;

    /// <summary>How much faster than in production it is watched, where it is.</summary>
    public TimeLapse Lapse { get; init; } = TimeLapse.None;

    /// <summary>Host port of the clients of an instance, by its name, where it must be a certain one.</summary>
    public IReadOnlyDictionary<string, int> HostPorts { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether tests may break it: what the suite starts for itself, yes; what is started for people, only where they say
    /// so.</summary>
    public bool Destructive { get; init; } = true;

    /// <summary>What can be done with the stack, for <see cref="Objective.Needs"/>.</summary>
    internal IReadOnlyList<string> Capabilities =>
        [
            StackDescription.DockerCapability,
            .. Destructive ? [StackDescription.DestructiveCapability] : Array.Empty<string>(),
            StackStarter.NameOf(Broker),
        ];
}
