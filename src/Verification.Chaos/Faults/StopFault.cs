using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>The instance is asked to end (SIGTERM), killed after 15 s, and away until it is started.</summary>
public sealed class StopFault : IFault
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly IStackControl control;
    private readonly StackInstance instance;

    internal StopFault(IStackControl control, StackInstance instance) => (this.control, this.instance) = (control, instance);

    /// <inheritdoc />
    public string Name => "stop";

    /// <inheritdoc />
    public string Target => instance.Name;

    /// <summary>Its exit code; null before it has ended.</summary>
    public long? ExitCode { get; private set; }

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken) =>
        ExitCode = await control.StopAsync(instance, Patience, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public Task<string?> EffectAsync(CancellationToken cancellationToken) => control.EndedAsync(instance, cancellationToken);

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => control.StartIfEndedAsync(instance, cancellationToken);
}
