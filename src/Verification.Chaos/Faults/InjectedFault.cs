using Verification.Objectives;
using Verification.Stack.Readiness;

namespace Verification.Chaos.Faults;

/// <summary>A fault that was applied. It heals once: when it is told to, or when disposed.</summary>
public sealed class InjectedFault : IAsyncDisposable
{
    private readonly Action<IFault, string, FaultPhase, string?> record;
    private readonly Patience patience;
    private bool healed;

    internal InjectedFault(IFault fault, string id, Action<IFault, string, FaultPhase, string?> record, Patience patience) =>
        (Fault, Id, this.record, this.patience) = (fault, id, record, patience);

    /// <summary>The fault.</summary>
    public IFault Fault { get; }

    /// <summary>What identifies it in its scenario.</summary>
    public string Id { get; }

    /// <summary>Undoes it, and waits until it is gone.</summary>
    /// <exception cref="FaultNotHealedException">It is still there. Its journal has it as not healed.</exception>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if (healed)
            return;
        await Fault.HealAsync(cancellationToken).ConfigureAwait(false);
        await SeeGoneAsync(cancellationToken).ConfigureAwait(false);
        healed = true;
        record(Fault, Id, FaultPhase.Healed, null);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => new(HealAsync(CancellationToken.None));

    private async Task SeeGoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Eventually
                .SeeAsync($"{Fault.Name} of {Fault.Target} is gone", patience, Fault.LeftAsync, left => left is null, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StateNotSeenException e)
        {
            throw new FaultNotHealedException(Fault, e);
        }
    }
}
