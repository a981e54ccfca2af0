using Verification.Objectives;

namespace Verification.Chaos.Faults;

/// <summary>A fault that was applied. It heals once: when it is told to, or when disposed.</summary>
public sealed class InjectedFault : IAsyncDisposable
{
    private readonly Action<IFault, string, FaultPhase, string?> record;
    private bool healed;

    internal InjectedFault(IFault fault, string id, Action<IFault, string, FaultPhase, string?> record) =>
        (Fault, Id, this.record) = (fault, id, record);

    /// <summary>The fault.</summary>
    public IFault Fault { get; }

    /// <summary>What identifies it in its scenario.</summary>
    public string Id { get; }

    /// <summary>Undoes it.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if (healed)
            return;
        await Fault.HealAsync(cancellationToken).ConfigureAwait(false);
        healed = true;
        record(Fault, Id, FaultPhase.Healed, null);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => new(HealAsync(CancellationToken.None));
}
