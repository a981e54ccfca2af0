using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>The processes of the instance stand still; its connections stay open, and nobody answers.</summary>
public sealed class FreezeFault : IFault
{
    private readonly IStackControl control;
    private readonly StackInstance instance;

    internal FreezeFault(IStackControl control, StackInstance instance) => (this.control, this.instance) = (control, instance);

    /// <inheritdoc />
    public string Name => "freeze";

    /// <inheritdoc />
    public string Target => instance.Name;

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) => control.PauseAsync(instance, cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        (await control.StateAsync(instance, cancellationToken).ConfigureAwait(false)).Paused ? $"{instance.Name} is frozen" : null;

    /// <inheritdoc />
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if ((await control.StateAsync(instance, cancellationToken).ConfigureAwait(false)).Paused)
            await control.UnpauseAsync(instance, cancellationToken).ConfigureAwait(false);
    }
}
