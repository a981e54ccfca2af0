using System.Net;
using StackExchange.Redis;
using Verification.Stack;

namespace Verification.Platform;

/// <summary>The Redis node that owns the cached list.</summary>
/// <param name="stack">The stack.</param>
public sealed class CacheOwner(AttachedStack stack)
{
    private const string Whole = "cluster_state:ok";

    /// <summary>The master of the key's slot, as the cluster sees it now.</summary>
    /// <exception cref="InvalidOperationException">Nobody owns it, or its owner does not run.</exception>
    /// <exception cref="RedisException">Redis can't be reached.</exception>
    public async Task<StackInstance> FindAsync(CancellationToken cancellationToken)
    {
        var nodes = stack.Instances(InstanceRole.Redis).ToList();
        var seen = await SeenByAsync(nodes[0]).ConfigureAwait(false);
        return await InstanceAsync(nodes, seen.Owner, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException(
                $"The owner of the key '{Contract.CacheKey}' is {seen.Owner}, and no running node has this address."
            );
    }

    /// <summary>Who owns the key as all nodes but one see it, once they agree and call the cluster whole; null before.</summary>
    /// <param name="gone">The node that is not asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RedisException">A node can't be reached.</exception>
    public async Task<StackInstance?> AgreedWithoutAsync(StackInstance gone, CancellationToken cancellationToken)
    {
        var others = stack.Instances(InstanceRole.Redis).Where(node => node.Name != gone.Name).ToList();
        var seen = await Task.WhenAll(others.Select(SeenByAsync)).ConfigureAwait(false);
        return seen.All(view => view.IsWhole) && seen.Select(view => view.Owner).Distinct().ToList() is [{ } owner]
            ? await InstanceAsync(others, owner, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>What the cluster lacks, as its nodes see it, in a few words each: nothing where every node runs, sees a whole cluster, and
    /// is connected with each of the others.</summary>
    /// <exception cref="RedisException">A node can't be reached.</exception>
    public async Task<IReadOnlyList<string>> GapsAsync()
    {
        var nodes = stack.Instances(InstanceRole.Redis).ToList();
        var seen = await Task.WhenAll(nodes.Select(SeenByAsync)).ConfigureAwait(false);
        return [.. nodes.Zip(seen).SelectMany(each => each.Second.Gaps(nodes.Count).Select(gap => $"{each.First.Name} {gap}"))];
    }

    private async Task<View> SeenByAsync(StackInstance node)
    {
        var server = await stack.RedisServerAsync(node).ConfigureAwait(false);
        var info = (string?)await server.ExecuteAsync("CLUSTER", "INFO").ConfigureAwait(false) ?? string.Empty;
        var configuration =
            await server.ClusterNodesAsync().ConfigureAwait(false)
            ?? throw new RedisException($"{node.Name} told no configuration of the cluster.");
        var slot = server.Multiplexer.HashSlot(Contract.CacheKey);
        var owner = configuration.Nodes.FirstOrDefault(each =>
            !each.IsReplica && each.Slots.Any(range => range.From <= slot && slot <= range.To)
        );
        return new View(
            owner?.EndPoint,
            info.Contains(Whole, StringComparison.Ordinal),
            configuration.Nodes.Count,
            [
                .. configuration
                    .Nodes.Where(each => each.IsFail || each.IsPossiblyFail || each.IsNoAddr || !each.IsConnected)
                    .Select(each => $"{each.NodeId[..8]} at {each.EndPoint}"),
            ]
        );
    }

    private async Task<StackInstance?> InstanceAsync(
        IReadOnlyList<StackInstance> nodes,
        EndPoint? owner,
        CancellationToken cancellationToken
    )
    {
        var known = await stack.RedisEndpointsAsync(cancellationToken).ConfigureAwait(false);
        return nodes.FirstOrDefault(node => known.TryGetValue(node.Name, out var own) && own.Equals(owner));
    }

    /// <summary>How one node sees the cluster.</summary>
    private sealed record View(EndPoint? Owner, bool IsWhole, int Known, IReadOnlyList<string> Lost)
    {
        public IEnumerable<string> Gaps(int nodes)
        {
            if (!IsWhole)
                yield return "sees no whole cluster";
            if (Known != nodes)
                yield return $"knows {Known} nodes";
            if (Lost.Count > 0)
                yield return $"has lost {string.Join(", ", Lost)}";
        }
    }
}
