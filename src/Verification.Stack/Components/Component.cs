namespace Verification.Stack.Components;

/// <summary>A kind of part that stacks are made of: all that the suite knows of it. A new one is a class with a folder of its own and a
/// line in <see cref="ComponentList"/>.</summary>
public abstract class Component
{
    /// <summary>Its name in <c>config/</c>, <c>images/</c>, <c>config/versions.yaml</c> and among the components of
    /// <c>stack.json</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is to others. Two components of one role stand for each other: the kinds of broker.</summary>
    public abstract Role Role { get; }

    /// <summary>Ports inside that are reached from outside; the first is that of its clients. None where it has no clients.</summary>
    public abstract IReadOnlyList<int> Ports { get; }

    /// <summary>Those ports of an instance in its place: what stands around it may decide which it has.</summary>
    /// <param name="around">What it finds there.</param>
    internal virtual IReadOnlyList<int> PortsIn(Surroundings around) => Ports;

    /// <summary>The credentials that are made for it.</summary>
    public virtual IReadOnlyList<Credential> Credentials => [];

    /// <summary>The folder inside in which it keeps its data; null where it keeps none.</summary>
    public virtual string? DataFolder => null;

    /// <summary>User id that must own the folder of its data; null where it sees to that itself.</summary>
    internal virtual uint? DataOwner => null;

    /// <summary>What it stands for that production has, and that nothing is said of therefore: one phrase for whoever reads a verdict; null
    /// where it stands for nothing else.</summary>
    public virtual string? Caveat => null;

    /// <summary>What several instances of one part of a topology do together, once each of them answers; null for nothing.</summary>
    internal virtual GroupStep? Together => null;

    /// <summary>Whether it belongs to a platform with this kind of broker.</summary>
    public virtual bool BelongsWith(BrokerKind broker) => true;

    /// <summary>An instance in its place, not yet started.</summary>
    /// <param name="place">Its name, network, labels and ports.</param>
    /// <param name="image">Its image.</param>
    /// <param name="around">What it finds there.</param>
    internal abstract StackComponent Build(InstancePlace place, string image, Surroundings around);

    /// <summary>Which of several instances takes writes now.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="instances">Those of the role, more than one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="NotSupportedException">The component has no such thing, or does not tell.</exception>
    internal virtual Task<StackInstance> PrimaryAsync(
        AttachedStack stack,
        IReadOnlyList<StackInstance> instances,
        CancellationToken cancellationToken
    ) =>
        throw new NotSupportedException(
            $"{Name} does not tell which of its {instances.Count} instances ({string.Join(", ", instances.Select(each => each.Name))}) is the primary."
        );
}
