using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Stack.Readiness;

namespace Verification.Chaos.Faults;

/// <summary>The one door by which faults come to a platform: each is journaled before it is applied, its effect is seen before anything is
/// measured under it, and it heals when what is returned is disposed, however the scenario ends: it has healed once it is seen to be
/// gone.</summary>
public sealed class FaultInjector
{
    private readonly StackDescription stack;
    private readonly ScenarioHistory history;
    private readonly FaultJournal journal;
    private readonly TimeProvider time;

    /// <summary>Makes the door of a scenario.</summary>
    /// <param name="stack">The stack that faults are aimed at.</param>
    /// <param name="history">History of the scenario.</param>
    /// <param name="journal">Journal of the run.</param>
    /// <param name="time">The clock.</param>
    public FaultInjector(StackDescription stack, ScenarioHistory history, FaultJournal journal, TimeProvider time) =>
        (this.stack, this.history, this.journal, this.time) = (stack, history, journal, time);

    /// <summary>How long the effect of a fault is awaited, and its end once it was undone.</summary>
    public static readonly TimeSpan EffectDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Applies a fault, and waits until its effect is seen.</summary>
    /// <returns>The fault as it is applied: it heals when disposed.</returns>
    /// <exception cref="FaultTookNoEffectException">No effect was seen; it has been healed.</exception>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed. Nothing was done.</exception>
    public async Task<InjectedFault> InjectAsync(IFault fault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fault);
        stack.RequireDestructive($"{fault.Name} {fault.Target}");
        var patience = new Patience(EffectDeadline) { Time = time };
        var injected = new InjectedFault(fault, history.NextFault(fault.Name), Record, patience);
        Record(fault, injected.Id, FaultPhase.Begin, null);
        try
        {
            await fault.ApplyAsync(cancellationToken).ConfigureAwait(false);
            var effect = await Eventually
                .SeeAsync(
                    $"an effect of {fault.Name} on {fault.Target}",
                    patience,
                    fault.EffectAsync,
                    seen => seen is not null,
                    cancellationToken
                )
                .ConfigureAwait(false);
            Record(fault, injected.Id, FaultPhase.Effect, effect);
            return injected;
        }
        catch (StateNotSeenException e)
        {
            await injected.DisposeAsync().ConfigureAwait(false);
            throw new FaultTookNoEffectException(fault, e);
        }
        catch
        {
            await injected.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Record(IFault fault, string id, FaultPhase phase, string? detail)
    {
        journal.Append(new FaultRecord(id, history.Scenario, fault.Name, fault.Target, stack.Run, phase, time.GetUtcNow()));
        history.Fault(fault.Name, fault.Target, id, phase, detail);
    }
}
