using System.Globalization;
using System.Net;
using Docker.DotNet.Models;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;
using Verification.Stack.Runs;

namespace Verification.Stack.Control;

/// <summary>The network of one container, changed by a helper container that shares it while it changes it. No other container notices, the
/// machine's own rules stay as they are,
/// and with the container its rules are gone.</summary>
/// <param name="engine">The engine.</param>
/// <param name="image">Image of the helper: it has iptables.</param>
/// <param name="container">Name of the container.</param>
internal sealed class NetworkNamespace(DockerEngine engine, string image, string container)
{
    private const string Cut = """
        direction=$1; shift
        for address; do
          if [ "$direction" != Outgoing ]; then iptables -w -A INPUT -s "$address" -j DROP || exit; fi
          if [ "$direction" != Incoming ]; then iptables -w -A OUTPUT -d "$address" -j DROP || exit; fi
        done
        """;

    private const string Dropped = "iptables -w -nvxL INPUT && iptables -w -nvxL OUTPUT";
    private const string Heal = "iptables -w -F INPUT && iptables -w -F OUTPUT";

    /// <summary>Drops what goes to addresses, comes from them, or both.</summary>
    /// <exception cref="InvalidOperationException">The helper failed.</exception>
    public Task CutAsync(IEnumerable<IPAddress> addresses, CutDirection direction, CancellationToken cancellationToken) =>
        RunAsync([Cut, "cut", $"{direction}", .. addresses.Select(address => $"{address}")], cancellationToken);

    /// <summary>How many packets were dropped.</summary>
    /// <exception cref="InvalidOperationException">The helper failed.</exception>
    public async Task<long> DroppedAsync(CancellationToken cancellationToken) =>
        PacketsOf(await RunAsync([Dropped], cancellationToken).ConfigureAwait(false));

    /// <summary>Drops nothing any more.</summary>
    /// <exception cref="InvalidOperationException">The helper failed.</exception>
    public Task HealAsync(CancellationToken cancellationToken) => RunAsync([Heal], cancellationToken);

    /// <summary>The packets of all rules that drop, in a listing of iptables: the first column.</summary>
    internal static long PacketsOf(string listing) =>
        listing
            .Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > 2 && columns[2] == "DROP")
            .Sum(columns => long.Parse(columns[0], CultureInfo.InvariantCulture));

    private async Task<string> RunAsync(IReadOnlyList<string> script, CancellationToken cancellationToken)
    {
        var target = await engine.Client.Containers.InspectContainerAsync(container, cancellationToken).ConfigureAwait(false);
        var helper = await engine
            .Client.Containers.CreateContainerAsync(
                new CreateContainerParameters
                {
                    Image = image,
                    Entrypoint = ["sh", "-c", .. script],
                    // It goes with the run, should nobody come to remove it.
                    Labels = target
                        .Config!.Labels!.Where(label =>
                            label.Key
                                is RunLabels.Run
                                    or RunLabels.Folder
                                    or RunLabels.Host
                                    or RunLabels.Process
                                    or RunLabels.Kept
                                    or RunLabels.Stage
                        )
                        .ToDictionary(label => label.Key, label => label.Value),
                    HostConfig = new HostConfig { NetworkMode = $"container:{target.ID}", CapAdd = ["NET_ADMIN"] },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        try
        {
            await engine
                .Client.Containers.StartContainerAsync(helper.ID, new ContainerStartParameters(), cancellationToken)
                .ConfigureAwait(false);
            var ended = await engine.Client.Containers.WaitContainerAsync(helper.ID, cancellationToken).ConfigureAwait(false);
            var written = await ContainerLog
                .ReadAsync(engine, helper.ID, tail: null, timestamps: false, cancellationToken)
                .ConfigureAwait(false);
            return ended.StatusCode == 0
                ? written
                : throw new InvalidOperationException(
                    $"iptables in the network of {container} ended with {ended.StatusCode}: {written.Trim()}"
                );
        }
        finally
        {
            await engine
                .Client.Containers.RemoveContainerAsync(
                    helper.ID,
                    new ContainerRemoveParameters { Force = true, RemoveVolumes = true },
                    CancellationToken.None
                )
                .ConfigureAwait(false);
        }
    }
}
