using Verification.Stack.Components;
using Verification.Stack.Topologies;

namespace Verification.Stack.Starting;

/// <summary>The steps in which a topology starts: the network, each instance when what its part needs is ready, and what the instances of a
/// part do together.</summary>
internal static class StartPlan
{
    /// <summary>The first step.</summary>
    public const string Network = "network";

    /// <summary>What the services find in MySQL where they may not make it themselves.</summary>
    public const string Schema = "schema";

    /// <summary>The graph of steps.</summary>
    /// <param name="topology">What is started.</param>
    /// <param name="broker">With which kind of broker.</param>
    /// <param name="network">Makes the network.</param>
    /// <param name="volume">Makes the volume of a part whose instances have one.</param>
    /// <param name="instance">Starts an instance.</param>
    /// <param name="together">Takes the common step of a part.</param>
    /// <param name="schema">Makes the table, once MySQL is ready and before whoever needs that; null where a service makes it.</param>
    public static StartGraph Of(
        Topology topology,
        BrokerKind broker,
        Func<CancellationToken, Task> network,
        Func<TopologyPart, CancellationToken, Task> volume,
        Func<string, CancellationToken, Task> instance,
        Func<TopologyPart, GroupStep, CancellationToken, Task> together,
        Func<CancellationToken, Task>? schema = null
    )
    {
        var graph = new StartGraph();
        graph.Add(Network, [], network);
        var ready = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var part in topology.Parts)
        {
            List<string> needs = [Network, .. part.Needs.SelectMany(need => ready[need])];
            if (part.OneVolume)
            {
                graph.Add(VolumeOf(part), [], ct => volume(part, ct));
                needs.Add(VolumeOf(part));
            }

            foreach (var name in part.Instances)
                graph.Add(name, needs, ct => instance(name, ct));
            ready[part.Name] = part.Instances;
            if (part.Count > 1 && ComponentList.Of(part.Role, broker).Together is { } step)
            {
                graph.Add(step.Name, part.Instances, ct => together(part, step, ct));
                ready[part.Name] = [step.Name];
            }

            if (schema is null || part.Role != InstanceRole.Mysql)
                continue;
            graph.Add(Schema, ready[part.Name], schema);
            ready[part.Name] = [Schema];
        }

        return graph;
    }

    private static string VolumeOf(TopologyPart part) => $"{part.Name} volume";
}
