using System.Collections.Concurrent;
using System.Net;
using k8s;
using k8s.Models;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Control;

/// <summary>Controls pods through the API server. A pod that ends is started again by its controller: it can be killed, and not be kept
/// away.</summary>
internal sealed class KubernetesControl : IStackControl, IWatchesWay
{
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(string Control, int Port), Lazy<PortForward>> forwards = new();
    private readonly IKubernetes cluster;
    private readonly PodFinder finder;
    private readonly ApiServerWay way = new(TimeProvider.System);

    /// <summary>Makes a control.</summary>
    /// <param name="cluster">The cluster; it goes with the control.</param>
    public KubernetesControl(IKubernetes cluster)
    {
        (this.cluster, finder) = (cluster, new PodFinder(cluster));
        way.Watch(ct => cluster.Version.GetCodeAsync(ct));
    }

    /// <inheritdoc />
    public IReadOnlyList<BrokenWay> Breaks => way.Breaks;

    /// <inheritdoc />
    public async Task KillAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        var pod = await FindAsync(instance, cancellationToken).ConfigureAwait(false);
        await cluster
            .CoreV1.DeleteNamespacedPodAsync(pod.Name(), pod.Namespace(), gracePeriodSeconds: 0, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        await Eventually
            .IsTrueAsync(
                $"pod {pod.Name()} is gone",
                GoneWithin,
                async ct =>
                    (await cluster.CoreV1.ListNamespacedPodAsync(pod.Namespace(), cancellationToken: ct).ConfigureAwait(false)).Items.All(
                        other => other.Uid() != pod.Uid()
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc />
    /// <exception cref="CapabilityMissingException">Always: its controller would start it again.</exception>
    public Task<long> StopAsync(StackInstance instance, TimeSpan patience, CancellationToken cancellationToken) =>
        throw new CapabilityMissingException($"stop {instance?.Name}: its controller starts it again");

    /// <inheritdoc />
    /// <remarks>Its controller does; it is awaited that it lives.</remarks>
    public Task StartAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Eventually.IsTrueAsync(
            $"{instance?.Name} runs",
            GoneWithin,
            async ct => (await StateAsync(instance!, ct).ConfigureAwait(false)).Running,
            cancellationToken
        );

    /// <inheritdoc />
    public async Task<CommandResult> ExecAsync(StackInstance instance, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var pod = await FindAsync(instance, cancellationToken).ConfigureAwait(false);
        var (output, error) = (string.Empty, string.Empty);
        var exitCode = await cluster
            .NamespacedPodExecAsync(
                pod.Name(),
                pod.Namespace(),
                pod.Spec.Containers[0].Name,
                command,
                tty: false,
                async (_, stdout, stderr) =>
                {
                    using var outReader = new StreamReader(stdout);
                    using var errReader = new StreamReader(stderr);
                    var said = await Task.WhenAll(outReader.ReadToEndAsync(cancellationToken), errReader.ReadToEndAsync(cancellationToken))
                        .ConfigureAwait(false);
                    (output, error) = (said[0], said[1]);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return new CommandResult(exitCode, output, error);
    }

    /// <inheritdoc />
    public async Task<string> LogAsync(StackInstance instance, int? tail, CancellationToken cancellationToken)
    {
        var pod = await FindAsync(instance, cancellationToken).ConfigureAwait(false);
        var stream = await cluster
            .CoreV1.ReadNamespacedPodLogAsync(pod.Name(), pod.Namespace(), tailLines: tail, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<InstanceState> StateAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        var pod = await FindAsync(instance, cancellationToken).ConfigureAwait(false);
        var container = (pod.Status.ContainerStatuses ?? []).FirstOrDefault();
        return new InstanceState(
            container?.State.Running is not null,
            Paused: false,
            container?.State.Terminated?.ExitCode ?? container?.LastState?.Terminated?.ExitCode ?? 0,
            container?.State.Running?.StartedAt is { } started ? new DateTimeOffset(DateTime.SpecifyKind(started, DateTimeKind.Utc)) : null
        );
    }

    /// <inheritdoc />
    public Task<EndPoint> EndpointAsync(StackInstance instance, int port, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Task.FromResult<EndPoint>(Forward(PodPlace.Parse(instance.Control), port));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, IPAddress>> InsideAsync(
        IReadOnlyList<StackInstance> instances,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(instances);
        var addresses = new Dictionary<string, IPAddress>(StringComparer.Ordinal);
        foreach (var instance in instances)
        {
            if (IPAddress.TryParse((await FindAsync(instance, cancellationToken).ConfigureAwait(false)).Status.PodIP, out var address))
                addresses[instance.Name] = address;
        }

        return addresses;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var forward in forwards.Values.Where(forward => forward.IsValueCreated))
            await forward.Value.DisposeAsync().ConfigureAwait(false);
        await way.DisposeAsync().ConfigureAwait(false);
        cluster.Dispose();
    }

    /// <summary>Opens a port of loopback that leads to a port of an instance; the same one for the same port.</summary>
    private IPEndPoint Forward(PodPlace place, int port) =>
        forwards
            .GetOrAdd(
                (place.ToString(), port),
                _ => new Lazy<PortForward>(() => new PortForward(cluster, ct => finder.FindAsync(place, ct), way, port))
            )
            .Value.Local;

    private Task<V1Pod> FindAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return finder.FindAsync(PodPlace.Parse(instance.Control), cancellationToken);
    }
}
