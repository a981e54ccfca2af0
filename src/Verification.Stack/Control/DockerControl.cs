using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;

namespace Verification.Stack.Control;

/// <summary>Controls containers through the engine's API, whoever created them. The engine finds them by name at each call, so that one
/// that was made anew is the same instance.</summary>
/// <param name="engine">The engine, released with the control.</param>
/// <param name="netfilter">Image that has iptables; null where the stack has none, and no instance can be cut off.</param>
public sealed class DockerControl(DockerEngine engine, string? netfilter)
    : IStackControl,
        IFreezes,
        IPartitions,
        IReadsStatistics,
        IWatchesWay
{
    private readonly ConcurrentDictionary<int, BrokenWay> breaks = new();

    /// <inheritdoc />
    /// <remarks>Noticed whenever the state of an instance is looked at. An engine's carrier of a port has ended under thousands of
    /// connections; the port refuses from then on.</remarks>
    public IReadOnlyList<BrokenWay> Breaks => [.. breaks.Values.OrderBy(broken => broken.At)];

    internal DockerEngine Engine => engine;

    private IContainerOperations Containers => engine.Client.Containers;

    /// <inheritdoc />
    public async Task KillAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        await Containers
            .KillContainerAsync(instance.Control, new ContainerKillParameters { Signal = "KILL" }, cancellationToken)
            .ConfigureAwait(false);
        await Containers.WaitContainerAsync(instance.Control, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<long> StopAsync(StackInstance instance, TimeSpan patience, CancellationToken cancellationToken)
    {
        var seconds = (uint)Math.Ceiling(patience.TotalSeconds);
        await Containers
            .StopContainerAsync(instance.Control, new ContainerStopParameters { WaitBeforeKillSeconds = seconds }, cancellationToken)
            .ConfigureAwait(false);
        return (await StateAsync(instance, cancellationToken).ConfigureAwait(false)).ExitCode;
    }

    /// <inheritdoc />
    public Task StartAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Containers.StartContainerAsync(instance.Control, new ContainerStartParameters(), cancellationToken);

    /// <inheritdoc />
    public Task PauseAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Containers.PauseContainerAsync(instance.Control, cancellationToken);

    /// <inheritdoc />
    public Task UnpauseAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Containers.UnpauseContainerAsync(instance.Control, cancellationToken);

    /// <inheritdoc />
    public async Task CutAsync(
        StackInstance instance,
        IReadOnlyList<StackInstance> from,
        CutDirection direction,
        CancellationToken cancellationToken
    )
    {
        var addresses = (await InsideAsync(from, cancellationToken).ConfigureAwait(false)).Values;
        await NamespaceOf(instance, $"cut off {instance.Name}").CutAsync(addresses, direction, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<long> DroppedAsync(StackInstance instance, CancellationToken cancellationToken) =>
        NamespaceOf(instance, $"tell what is dropped at {instance.Name}").DroppedAsync(cancellationToken);

    /// <inheritdoc />
    public async Task HealAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        // With its last process the network of a container is gone, and all rules with it.
        if ((await StateAsync(instance, cancellationToken).ConfigureAwait(false)).Running)
            await NamespaceOf(instance, $"heal {instance.Name}").HealAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<CommandResult> ExecAsync(StackInstance instance, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var parameters = new ContainerExecCreateParameters
        {
            Cmd = [.. command],
            AttachStdout = true,
            AttachStderr = true,
        };
        var exec = await engine.Client.Exec.CreateContainerExecAsync(instance.Control, parameters, cancellationToken).ConfigureAwait(false);
        using var stream = await engine
            .Client.Exec.StartContainerExecAsync(exec.ID, new ContainerExecStartParameters(), cancellationToken)
            .ConfigureAwait(false);
        var (output, error) = await stream.ReadOutputToEndAsync(cancellationToken).ConfigureAwait(false);
        var ended = await engine.Client.Exec.InspectContainerExecAsync(exec.ID, cancellationToken).ConfigureAwait(false);
        return new CommandResult(ended.ExitCode ?? -1, output, error);
    }

    /// <inheritdoc />
    public Task<string> LogAsync(StackInstance instance, int? tail, CancellationToken cancellationToken) =>
        ContainerLog.ReadAsync(engine, instance.Control, tail, timestamps: false, cancellationToken);

    /// <inheritdoc />
    public async Task<InstanceState> StateAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        var state = await LookAsync(instance, cancellationToken).ConfigureAwait(false);
        if (state.Running && PortProxies.Ended(HostPorts(instance)) is { Count: > 0 } ports)
        {
            // What has begun or ended between both looks tells nothing.
            var still = await LookAsync(instance, cancellationToken).ConfigureAwait(false);
            if (still.Running && still.StartedAt == state.StartedAt)
            {
                foreach (var port in ports)
                    breaks.TryAdd(
                        port,
                        new BrokenWay(DateTimeOffset.UtcNow, $"the engine no longer carries port {port} of this machine to {instance.Name}")
                    );
            }

            return still;
        }

        return state;
    }

    private static IEnumerable<int> HostPorts(StackInstance instance) =>
        instance
            .Ports.Values.Where(address => address != StackInstance.NotOpened)
            .Select(address => HostEndpoint.Parse(address).HostAndPort().Port);

    private async Task<InstanceState> LookAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        var state =
            (await Containers.InspectContainerAsync(instance.Control, cancellationToken).ConfigureAwait(false)).State
            ?? throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The engine told no state of {instance.Name}.")
            );
        return new InstanceState(state.Running, state.Paused, state.ExitCode, StartOf(state.StartedAt));
    }

    /// <inheritdoc />
    /// <remarks>Host ports are chosen when a container is created, and stay.</remarks>
    public Task<EndPoint> EndpointAsync(StackInstance instance, int port, CancellationToken cancellationToken) =>
        Task.FromResult(instance.EndpointOf(port));

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, IPAddress>> InsideAsync(
        IReadOnlyList<StackInstance> instances,
        CancellationToken cancellationToken
    )
    {
        // One question for all of them; it tells only of what runs.
        var running = await Containers.ListContainersAsync(new ContainersListParameters(), cancellationToken).ConfigureAwait(false);
        var addresses = new Dictionary<string, IPAddress>(StringComparer.Ordinal);
        foreach (var instance in instances)
        {
            var container = running.FirstOrDefault(each => each.ID == instance.Control || each.Names.Contains($"/{instance.Control}"));
            if (
                container
                    ?.NetworkSettings?.Networks.Values.Select(network => network.IPAddress)
                    .FirstOrDefault(address => !string.IsNullOrEmpty(address)) is
                { } inside
            )
                addresses[instance.Name] = IPAddress.Parse(inside);
        }

        return addresses;
    }

    /// <inheritdoc />
    public async Task<InstanceStatistics> StatisticsAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        var told = new Newest<ContainerStatsResponse>();
        await Containers
            .GetContainerStatsAsync(
                instance.Control,
                new ContainerStatsParameters { Stream = false, OneShot = true },
                told,
                cancellationToken
            )
            .ConfigureAwait(false);
        var memory = told.Value?.MemoryStats;
        // Of a container that does not run the engine tells zeros, and no memory.
        if (told.Value?.CPUStats?.CPUUsage is not { TotalUsage: > 0 } cpu || memory is not { Usage: > 0 })
            throw new InvalidOperationException($"{instance.Name} does not run: the engine tells no statistics of it.");
        return new InstanceStatistics(
            DateTimeOffset.UtcNow,
            TimeSpan.FromMicroseconds(cpu.TotalUsage / 1000.0),
            (long)(memory.Usage - InactiveFiles(memory)),
            (long)(told.Value.PidsStats?.Current ?? 0),
            TrafficOf(told.Value.Networks)
        );
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        engine.Dispose();
        return ValueTask.CompletedTask;
    }

    private NetworkNamespace NamespaceOf(StackInstance instance, string what) =>
        new(engine, netfilter ?? throw new CapabilityMissingException($"{what} (its topology has no +netfilter)"), instance.Control);

    /// <summary>The file cache that the kernel gives back first, as control groups of version 1 and 2 name it.</summary>
    internal static ulong InactiveFiles(MemoryStats memory) =>
        memory.Stats is { } stats
        && (stats.TryGetValue("total_inactive_file", out var bytes) || stats.TryGetValue("inactive_file", out bytes))
        && bytes < memory.Usage
            ? bytes
            : 0;

    /// <summary>What has gone through all interfaces together; null where the engine tells of none.</summary>
    internal static NetworkTraffic? TrafficOf(IDictionary<string, NetworkStats>? interfaces) =>
        interfaces is { Count: > 0 }
            ? new NetworkTraffic(interfaces.Values.Sum(each => (long)each.RxBytes), interfaces.Values.Sum(each => (long)each.TxBytes))
            : null;

    /// <summary>The engine writes of what never started that it did so in the year 1.</summary>
    internal static DateTimeOffset? StartOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year > 1 ? at : null;

    private sealed class Newest<T> : IProgress<T>
    {
        public T? Value { get; private set; }

        public void Report(T value) => Value = value;
    }
}
