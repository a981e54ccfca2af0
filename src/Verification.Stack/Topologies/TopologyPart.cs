namespace Verification.Stack.Topologies;

/// <summary>One part of a topology: one or more instances of a component.</summary>
/// <param name="Name">Its name, and that of its instance; several are numbered: <c>redis-node-0</c>.</param>
/// <param name="Role">What it is. Which component that is may depend on the kind of broker.</param>
public sealed record TopologyPart(string Name, Role Role) : IServes
{
    /// <summary>Names of the parts that must be ready before it starts, and whose hosts it is told.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Names of parts that must be ready before it starts where the topology has them, in whichever order they were
    /// added.</summary>
    public IReadOnlyList<string> Behind { get; init; } = [];

    /// <summary>How many instances.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Whether its instances have one volume for the data of all of them: one of them serves, the others wait for its
    /// lock.</summary>
    public bool OneVolume { get; init; }

    /// <summary>The role to which its instance is the link of the services: what they send there goes through it. Null for none.</summary>
    public Role? Carries { get; init; }

    /// <summary>Whether those that this link leads to announce its address for theirs, so that whoever one of them sends to another comes
    /// by it, too: it starts before them.</summary>
    public bool IsAnnounced { get; init; }

    /// <inheritdoc />
    public IReadOnlyList<Role> Fronts { get; init; } = [];

    /// <summary>Names of its instances.</summary>
    public IReadOnlyList<string> Instances => Count == 1 ? [Name] : [.. Enumerable.Range(0, Count).Select(index => $"{Name}-{index}")];
}
