using System.Net;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Tests.Unit.Chaos;

/// <summary>A control over instances that run, end, stand still and start as they are told to.</summary>
internal sealed class RunningInstances : IStackControl, IStackProvider, IFreezes, IPartitions
{
    private readonly HashSet<string> ended = new(StringComparer.Ordinal);
    private readonly HashSet<string> frozen = new(StringComparer.Ordinal);
    private readonly HashSet<string> cut = new(StringComparer.Ordinal);

    public StackProvider Kind => StackProvider.Kubernetes;

    /// <summary>What was done, in order.</summary>
    public List<string> Done { get; } = [];

    /// <summary>Whether what is asked for takes no effect.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Name of an instance that ends as soon as it is started; null for none.</summary>
    public string? EndsAtOnce { get; set; }

    /// <summary>What a command in an instance ends with; null where none is run in any.</summary>
    public Func<StackInstance, string, string>? Answer { get; init; }

    /// <summary>Whether every instance of a stack runs.</summary>
    public bool AllRun(AttachedStack stack) =>
        stack.Description.Instances.All(instance => !ended.Contains(instance.Name) && !frozen.Contains(instance.Name));

    public Task<IStackControl> AttachAsync(StackDescription description, CancellationToken cancellationToken) =>
        Task.FromResult<IStackControl>(this);

    public Task<IReadOnlyList<string>> DifferencesAsync(StackDescription description, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public Task KillAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Do($"kill {instance.Name}", () => ended.Add(instance.Name));

    public async Task<long> StopAsync(StackInstance instance, TimeSpan patience, CancellationToken cancellationToken)
    {
        await Do($"stop {instance.Name}", () => ended.Add(instance.Name));
        return 143;
    }

    public Task StartAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Do($"start {instance.Name}", () => _ = instance.Name != EndsAtOnce && ended.Remove(instance.Name));

    public Task PauseAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Do($"pause {instance.Name}", () => frozen.Add(instance.Name));

    public Task UnpauseAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Do($"unpause {instance.Name}", () => frozen.Remove(instance.Name));

    public Task CutAsync(
        StackInstance instance,
        IReadOnlyList<StackInstance> from,
        CutDirection direction,
        CancellationToken cancellationToken
    ) => Do($"cut {instance.Name} from {string.Join(", ", from.Select(each => each.Name))} {direction}", () => cut.Add(instance.Name));

    public Task<long> DroppedAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Task.FromResult(cut.Contains(instance.Name) ? 3L : 0);

    public Task HealAsync(StackInstance instance, CancellationToken cancellationToken) =>
        cut.Contains(instance.Name) ? Do($"heal {instance.Name}", () => cut.Remove(instance.Name)) : Task.CompletedTask;

    public Task<InstanceState> StateAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Task.FromResult(
            new InstanceState(!ended.Contains(instance.Name), frozen.Contains(instance.Name), ended.Contains(instance.Name) ? 137 : 0, null)
        );

    public Task<EndPoint> EndpointAsync(StackInstance instance, int port, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, IPAddress>> InsideAsync(
        IReadOnlyList<StackInstance> instances,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<CommandResult> ExecAsync(StackInstance instance, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        Answer is null
            ? throw new NotSupportedException()
            : Task.FromResult(new CommandResult(0, Answer(instance, string.Join(' ', command)), string.Empty));

    public Task<string> LogAsync(StackInstance instance, int? tail, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task Do(string what, Action change)
    {
        Done.Add(what);
        if (!IsDeaf)
            change();
        return Task.CompletedTask;
    }
}
