using DotNet.Testcontainers.Containers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Redis;

/// <summary>Makes a cluster of nodes that answer: half of them masters, each with a replica.</summary>
internal static class RedisCluster
{
    /// <summary>The forming of the cluster as a step of a start.</summary>
    public const string Step = "redis cluster";

    private const int Slots = 16384;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Forms the cluster with Redis's own tool, and waits until every node agrees that it is whole.</summary>
    /// <exception cref="StartException">The tool failed, or the nodes did not agree in time.</exception>
    public static async Task FormAsync(IReadOnlyList<StackComponent> nodes, string password, CancellationToken cancellationToken)
    {
        try
        {
            await CreateAsync(nodes, password, cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(
                    nodes.Select(node =>
                        Eventually.SeeAsync(
                            $"{node.Name} sees cluster_state:ok with {nodes.Count} nodes",
                            Patience,
                            _ => RedisProbe.AskAsync(node.Ports[RedisComponent.Port], password, "CLUSTER INFO"),
                            info => IsWhole(info, nodes.Count),
                            cancellationToken
                        )
                    )
                )
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            var (output, error) = await nodes[0]
                .Container.GetLogsAsync(timestampsEnabled: false, ct: cancellationToken)
                .ConfigureAwait(false);
            throw new StartException(
                Step,
                InstanceRole.Redis,
                e.Message,
                string.Join('\n', $"{output}\n{error}".Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(25)),
                e
            );
        }
    }

    private static async Task CreateAsync(IReadOnlyList<StackComponent> nodes, string password, CancellationToken cancellationToken)
    {
        var addresses = nodes.Select(node => $"{node.Container.IpAddress}:{RedisComponent.Port}");
        // The password travels in the environment of the command, not on a command line that others can list.
        string[] command =
        [
            "env",
            $"REDISCLI_AUTH={password}",
            "redis-cli",
            "--cluster",
            "create",
            .. addresses,
            "--cluster-replicas",
            "1",
            "--cluster-yes",
        ];
        ExecResult created = await nodes[0].Container.ExecAsync(command, cancellationToken).ConfigureAwait(false);
        if (created.ExitCode != 0)
            throw new InvalidOperationException(
                $"redis-cli --cluster create ended with {created.ExitCode}: {created.Stdout.Trim()} {created.Stderr.Trim()}"
            );
    }

    private static bool IsWhole(string info, int nodes) =>
        info.Contains("cluster_state:ok", StringComparison.Ordinal)
        && info.Contains($"cluster_slots_ok:{Slots}", StringComparison.Ordinal)
        && info.Contains($"cluster_known_nodes:{nodes}", StringComparison.Ordinal);
}
