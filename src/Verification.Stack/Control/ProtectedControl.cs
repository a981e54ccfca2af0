using System.Net;

namespace Verification.Stack.Control;

/// <summary>The control over a stack that may not be changed: it shows states, logs and addresses, and refuses all else, a command inside
/// included, as nobody knows what it does.
/// What only some providers can do is refused, too, where it changes anything: the reason is the stack, not the provider.</summary>
internal class ProtectedControl : IStackControl, IFreezes, IPartitions, IWatchesWay
{
    private readonly IStackControl control;
    private readonly string stack;

    private ProtectedControl(IStackControl control, string stack)
    {
        this.control = control;
        this.stack = stack;
    }

    /// <summary>The control of a stack: guarded where its description says <c>destructive: false</c>.</summary>
    public static IStackControl Of(StackDescription description, IStackControl control) =>
        (description.Destructive, control) switch
        {
            (true, _) => control,
            (_, IReadsStatistics statistics) => new Telling(control, statistics, description.Run),
            _ => new ProtectedControl(control, description.Run),
        };

    /// <inheritdoc />
    public IReadOnlyList<BrokenWay> Breaks => (control as IWatchesWay)?.Breaks ?? [];

    /// <inheritdoc />
    public Task KillAsync(StackInstance instance, CancellationToken cancellationToken) => throw Refusal($"kill {instance.Name}");

    /// <inheritdoc />
    public Task<long> StopAsync(StackInstance instance, TimeSpan patience, CancellationToken cancellationToken) =>
        throw Refusal($"stop {instance.Name}");

    /// <inheritdoc />
    public Task StartAsync(StackInstance instance, CancellationToken cancellationToken) => throw Refusal($"start {instance.Name}");

    /// <inheritdoc />
    public Task PauseAsync(StackInstance instance, CancellationToken cancellationToken) => throw Refusal($"pause {instance.Name}");

    /// <inheritdoc />
    public Task UnpauseAsync(StackInstance instance, CancellationToken cancellationToken) => throw Refusal($"unpause {instance.Name}");

    /// <inheritdoc />
    public Task CutAsync(
        StackInstance instance,
        IReadOnlyList<StackInstance> from,
        CutDirection direction,
        CancellationToken cancellationToken
    ) => throw Refusal($"cut off {instance.Name}");

    /// <inheritdoc />
    public Task<long> DroppedAsync(StackInstance instance, CancellationToken cancellationToken) =>
        throw Refusal($"look into the network of {instance.Name}");

    /// <inheritdoc />
    public Task HealAsync(StackInstance instance, CancellationToken cancellationToken) => throw Refusal($"heal {instance.Name}");

    /// <inheritdoc />
    public Task<CommandResult> ExecAsync(StackInstance instance, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        throw Refusal($"run {command[0]} in {instance.Name}");

    /// <inheritdoc />
    public Task<string> LogAsync(StackInstance instance, int? tail, CancellationToken cancellationToken) =>
        control.LogAsync(instance, tail, cancellationToken);

    /// <inheritdoc />
    public Task<InstanceState> StateAsync(StackInstance instance, CancellationToken cancellationToken) =>
        control.StateAsync(instance, cancellationToken);

    /// <inheritdoc />
    public Task<EndPoint> EndpointAsync(StackInstance instance, int port, CancellationToken cancellationToken) =>
        control.EndpointAsync(instance, port, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, IPAddress>> InsideAsync(
        IReadOnlyList<StackInstance> instances,
        CancellationToken cancellationToken
    ) => control.InsideAsync(instances, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => control.DisposeAsync();

    private StackProtectedException Refusal(string what) => new(stack, what);

    /// <summary>The guard before a control that tells statistics: to look changes nothing.</summary>
    private sealed class Telling(IStackControl control, IReadsStatistics statistics, string stack)
        : ProtectedControl(control, stack),
            IReadsStatistics
    {
        public Task<InstanceStatistics> StatisticsAsync(StackInstance instance, CancellationToken cancellationToken) =>
            statistics.StatisticsAsync(instance, cancellationToken);
    }
}
