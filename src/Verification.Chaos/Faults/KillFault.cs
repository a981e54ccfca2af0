using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>The instance dies at once (SIGKILL), and is away until it is started.</summary>
public sealed class KillFault : IFault
{
    private readonly IStackControl control;
    private readonly StackInstance instance;

    internal KillFault(IStackControl control, StackInstance instance) => (this.control, this.instance) = (control, instance);

    /// <inheritdoc />
    public string Name => "kill";

    /// <inheritdoc />
    public string Target => instance.Name;

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) => control.KillAsync(instance, cancellationToken);

    /// <inheritdoc />
    public Task<string?> EffectAsync(CancellationToken cancellationToken) => control.EndedAsync(instance, cancellationToken);

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => control.StartIfEndedAsync(instance, cancellationToken);
}
