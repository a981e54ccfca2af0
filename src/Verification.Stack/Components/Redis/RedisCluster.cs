using System.Text.RegularExpressions;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Redis;

/// <summary>Makes a cluster of nodes that answer: half of them masters, each with a replica.</summary>
internal static partial class RedisCluster
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
        var addresses = await Task.WhenAll(nodes.Select(node => AddressAsync(node, password, cancellationToken))).ConfigureAwait(false);
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

    /// <summary>Where a node is met: where it announces itself, as the port of its bus that the tool reads from it belongs to that
    /// address, or else at its own.</summary>
    private static async Task<string> AddressAsync(StackComponent node, string password, CancellationToken cancellationToken)
    {
        var told = await Eventually
            .SeeAsync(
                $"{node.Name} tells where it is",
                Patience,
                _ => RedisProbe.AskAsync(node.Ports[RedisComponent.Port], password, "CLUSTER NODES"),
                _ => true,
                cancellationToken
            )
            .ConfigureAwait(false);
        return AnnouncedIn(told) ?? $"{node.Container.IpAddress}:{RedisComponent.Port}";
    }

    /// <summary>The address and port that a node announces, of what it tells of itself in CLUSTER NODES; null where it has yet to learn its
    /// address from another.</summary>
    internal static string? AnnouncedIn(string nodes) => Myself().Match(nodes) is { Success: true } own ? own.Groups["at"].Value : null;

    [GeneratedRegex(
        "^[0-9a-f]{40} (?<at>[0-9.]+:[0-9]+)@[^ ]* myself",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Myself();

    private static bool IsWhole(string info, int nodes) =>
        info.Contains("cluster_state:ok", StringComparison.Ordinal)
        && info.Contains($"cluster_slots_ok:{Slots}", StringComparison.Ordinal)
        && info.Contains($"cluster_known_nodes:{nodes}", StringComparison.Ordinal);
}
