using Verification.Stack.Components;

namespace Verification.Stack.Topologies;

/// <summary>An arrangement of components, as data.</summary>
public sealed class Topology
{
    /// <summary>Arranges parts.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parts">Its parts, each behind those it needs.</param>
    /// <exception cref="ArgumentException">A name comes twice, a count is no count, or a need does not stand before the part that has
    /// it.</exception>
    public Topology(string name, IReadOnlyList<TopologyPart> parts)
    {
        Name = name;
        Parts = parts;
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (part.Count < 1)
                throw new ArgumentException($"topology {name}: {part.Name} has {part.Count} instances; one is the least.", nameof(parts));
            if (part.Needs.FirstOrDefault(need => !before.Contains(need)) is { } missing)
                throw new ArgumentException(
                    $"topology {name}: {part.Name} needs {missing}, which does not stand before it.",
                    nameof(parts)
                );
            if (!before.Add(part.Name))
                throw new ArgumentException($"topology {name}: there are two parts {part.Name}.", nameof(parts));
        }

        if (
            parts
                .SelectMany(part => part.Instances)
                .GroupBy(instance => instance, StringComparer.Ordinal)
                .FirstOrDefault(group => group.Count() > 1) is
            { } twice
        )
            throw new ArgumentException($"topology {name}: there are two instances {twice.Key}.", nameof(parts));
    }

    /// <summary>Its name, as options and <c>stack.json</c> have it.</summary>
    public string Name { get; }

    /// <summary>Its parts, each behind those it needs.</summary>
    public IReadOnlyList<TopologyPart> Parts { get; }

    /// <summary>The components it is made of, with a kind of broker.</summary>
    /// <exception cref="ArgumentException">A role is that of no component.</exception>
    public IReadOnlyList<Component> Components(BrokerKind broker) =>
        [.. Parts.Select(part => ComponentList.Of(part.Role, broker)).Distinct()];

    /// <summary>Whether a component has a role that the contract of the system under test does not name: it is there to watch the platform,
    /// or to save it.</summary>
    public static bool IsAddition(string component) =>
        ComponentList.All.Any(each => each.Name == component && !Enum.GetValues<InstanceRole>().Any(role => each.Role == role));

    /// <summary>One of its parts alone, which needs nothing.</summary>
    /// <exception cref="ArgumentException">There is no such part, or it needs others.</exception>
    public Topology Only(string part) =>
        new(
            Name,
            [
                Parts.SingleOrDefault(each => each.Name == part)
                    ?? throw new ArgumentException(
                        $"topology {Name} has no part '{part}'; it has {string.Join(", ", Parts.Select(each => each.Name))}.",
                        nameof(part)
                    ),
            ]
        );

    /// <summary>Names of the instances that serve the clients of a role, as one of its parts may know them: of the links to them, where
    /// there are any.</summary>
    /// <param name="role">The role.</param>
    /// <param name="part">The part that asks: it knows what it needs.</param>
    public IReadOnlyList<string> HostsOf(Role role, TopologyPart part) =>
        [.. Parts.Where(each => part.Needs.Contains(each.Name)).ThatLeadTo(role).SelectMany(each => each.Instances)];

    /// <summary>Name of the link whose address the instances of a role announce for theirs; null where they announce their own.</summary>
    public string? AnnouncedBy(Role role) => Parts.FirstOrDefault(part => part.IsAnnounced && part.Carries == role)?.Name;

    /// <summary>This topology with parts besides. A link comes between the services that are clients of its role and what they have
    /// reached so far.</summary>
    /// <param name="addition">The parts.</param>
    /// <exception cref="ArgumentException">They can't be arranged so.</exception>
    internal Topology With(TopologyAddition addition)
    {
        var parts = Parts.ToList();
        foreach (var part in addition.Parts)
        {
            if (part.Carries is { } role)
                Link(parts, part, role, addition.Name);
            else
                parts.Add(part);
        }

        return new Topology($"{Name}+{addition.Name}", Arranged(parts));
    }

    /// <summary>The parts, and at their end those that start behind others, with what they need of these.</summary>
    private static IReadOnlyList<TopologyPart> Arranged(List<TopologyPart> parts)
    {
        return
        [
            .. parts.Where(part => part.Behind.Count == 0),
            .. parts
                .Where(part => part.Behind.Count > 0)
                .Select(part => part with { Needs = [.. part.Needs.Union(part.Behind.Where(IsThere), StringComparer.Ordinal)] }),
        ];

        bool IsThere(string name) => parts.Exists(each => each.Name == name);
    }

    private void Link(List<TopologyPart> parts, TopologyPart link, Role role, string addition)
    {
        var clients = parts.FindAll(part => IsService(part.Role) && Served(part).Count > 0);
        if (clients.Count == 0)
            throw new ArgumentException($"topology {Name}+{addition}: no service is a client of {role}.", nameof(addition));
        var served = clients.SelectMany(Served).Distinct().ToList();
        // Who announces the address of a link must find it; any other link is led to what it finds.
        var between = link.IsAnnounced ? link : link with { Needs = [.. served.Select(part => part.Name)] };
        foreach (var part in link.IsAnnounced ? [.. served, .. clients] : clients)
            parts[parts.IndexOf(part)] = part with { Needs = [.. part.Needs, link.Name] };
        parts.Insert(parts.FindIndex(each => each.Needs.Contains(link.Name)), between);

        List<TopologyPart> Served(TopologyPart client) => [.. parts.Where(each => client.Needs.Contains(each.Name)).ThatLeadTo(role)];
    }

    private static bool IsService(Role role) => role == InstanceRole.Dashboard || role == InstanceRole.Server;
}
