namespace Verification.Stack.Control;

/// <summary>The control over a stack that may not be changed: it shows states and logs, and refuses all else, a command inside included, as nobody knows what it does.</summary>
/// <param name="control">The control that is guarded.</param>
/// <param name="stack">Id of the run that started the stack.</param>
internal sealed class ProtectedControl(IStackControl control, string stack) : IStackControl
{
    /// <summary>The control of a stack: guarded where its description says <c>destructive: false</c>.</summary>
    public static IStackControl Of(StackDescription description, IStackControl control) =>
        description.Destructive ? control : new ProtectedControl(control, description.Run);

    /// <inheritdoc />
    public Task KillAsync(StackInstance instance, CancellationToken cancellationToken) => throw Refusal($"kill {instance.Name}");

    /// <inheritdoc />
    public Task<long> StopAsync(StackInstance instance, TimeSpan patience, CancellationToken cancellationToken) => throw Refusal($"stop {instance.Name}");

    /// <inheritdoc />
    public Task StartAsync(StackInstance instance, CancellationToken cancellationToken) => throw Refusal($"start {instance.Name}");

    /// <inheritdoc />
    public Task PauseAsync(StackInstance instance, CancellationToken cancellationToken) => throw Refusal($"pause {instance.Name}");

    /// <inheritdoc />
    public Task UnpauseAsync(StackInstance instance, CancellationToken cancellationToken) => throw Refusal($"unpause {instance.Name}");

    /// <inheritdoc />
    public Task<CommandResult> ExecAsync(StackInstance instance, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        throw Refusal($"run {command[0]} in {instance.Name}");

    /// <inheritdoc />
    public Task<string> LogAsync(StackInstance instance, int? tail, CancellationToken cancellationToken) => control.LogAsync(instance, tail, cancellationToken);

    /// <inheritdoc />
    public Task<InstanceState> StateAsync(StackInstance instance, CancellationToken cancellationToken) => control.StateAsync(instance, cancellationToken);

    private StackProtectedException Refusal(string what) => new(stack, what);
}
