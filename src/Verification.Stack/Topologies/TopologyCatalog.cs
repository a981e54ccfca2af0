using Verification.Objectives;
using Verification.Stack.Components;

namespace Verification.Stack.Topologies;

/// <summary>Topologies by name.</summary>
/// <param name="topologies">Those that stand by themselves.</param>
/// <param name="additions">What any of them can have besides.</param>
public sealed class TopologyCatalog(IReadOnlyList<Topology> topologies, IReadOnlyList<TopologyAddition> additions)
{
    /// <summary>The topology of a name: that of a topology, and of any additions behind a plus each, as in <c>ha+monitoring</c>.</summary>
    /// <exception cref="ArgumentException">A name is not known; the message has those that are. Or two additions can't stand beside each
    /// other.</exception>
    public Topology Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = name.Split('+');
        var topology =
            topologies.FirstOrDefault(each => each.Name == words[0])
            ?? throw Unknown(name, "topology", words[0], topologies.Select(each => each.Name));
        foreach (var word in words.Skip(1))
        {
            var addition =
                additions.FirstOrDefault(each => each.Name == word)
                ?? throw Unknown(name, "addition", word, additions.Select(each => each.Name));
            if (addition.Excludes.Intersect(words, StringComparer.Ordinal).FirstOrDefault() is { } other)
                throw new ArgumentException($"topology {name}: {word} can't stand beside {other} (docs/chaos.md).", nameof(name));
            topology = topology.With(addition);
        }

        return topology;
    }

    /// <summary>A topology without a component: in place of the additions that have it are those that stand for them, and those that are
    /// dispensable are left out; null where nothing of the kind can be done.</summary>
    /// <param name="topology">A topology of the catalog.</param>
    /// <param name="component">Name of the component.</param>
    public Topology? Without(Topology topology, string component)
    {
        ArgumentNullException.ThrowIfNull(topology);
        var left = string.Join('+', topology.Name.Split('+').Select(word => InPlaceOf(word, component)).OfType<string>());
        return left == topology.Name ? null : Parse(left);
    }

    /// <summary>What a name of an addition becomes without a component: null where it is left out.</summary>
    private string? InPlaceOf(string word, string component) =>
        additions.FirstOrDefault(each => each.Name == word && Has(each, component)) switch
        {
            { Substitute: { } other } when !additions.Any(each => each.Name == other && Has(each, component)) => other,
            { IsDispensable: true } => null,
            _ => word,
        };

    private static bool Has(TopologyAddition addition, string component) =>
        addition.Parts.Any(part => ComponentList.All.Any(known => known.Role == part.Role && known.Name == component));

    private static ArgumentException Unknown(string name, string what, string word, IEnumerable<string> known) =>
        new(
            $"topology {name}: there is no {what} '{word}'{Suggestion.For(word, known)} Known: {(known.Any() ? string.Join(", ", known) : "none")}."
        );
}
