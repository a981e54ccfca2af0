using Verification.Objectives;
using Verification.Platform;
using Verification.Stack.Readiness;

namespace Verification.Testing;

/// <summary>Brings the platform of a suite to the point that each scenario starts from, so that nothing of one scenario reaches the next.
/// What does not come there as it is gets
/// services that start anew; then, once, it is made anew as a whole. That it did not come back by itself is recorded of the scenario
/// before, and of no other.</summary>
/// <param name="renew">Makes the stack anew; says whether there is another.</param>
public sealed class StartingPoint(Func<CancellationToken, Task<bool>> renew)
{
    /// <summary>The objective that a platform fails which does not come back by itself.</summary>
    internal const string Recovers = "restart.recovers";

    private string? before;
    private bool isBroken;
    private bool isRenewed;
    private string? lost;

    /// <summary>Comes there.</summary>
    /// <param name="reset">Brings the platform there as it is.</param>
    /// <param name="resetAnew">Brings it there with services that start anew.</param>
    /// <param name="record">Records what is seen of a scenario, given its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where it is there; else why nothing can be measured.</returns>
    /// <exception cref="StateNotSeenException">A platform that was only just started did not come there: it keeps none of its
    /// promises.</exception>
    public async Task<string?> ReachAsync(
        Func<CancellationToken, Task> reset,
        Func<CancellationToken, Task> resetAnew,
        Action<Measurement, string> record,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(reset);
        ArgumentNullException.ThrowIfNull(resetAnew);
        if (lost is not null)
            return lost;
        if (before is null)
        {
            await reset(cancellationToken);
            return null;
        }

        if (!isBroken && await ComesThereAsync(reset, record, cancellationToken))
            return null;
        if (await ComesThereAsync(resetAnew, (_, _) => { }, cancellationToken))
        {
            isBroken = false;
            return null;
        }

        if (isRenewed || !await renew(cancellationToken))
            return lost =
                $"the platform did not come back to its starting point after {before}, nor with services that were started anew{(isRenewed ? "; it had been made anew before" : string.Empty)}";
        (isRenewed, isBroken, before) = (true, false, null);
        await reset(cancellationToken);
        return null;
    }

    /// <summary>Ends a scenario: what it has stopped or frozen comes back.</summary>
    /// <param name="scenario">Its name.</param>
    /// <param name="wasReached">Whether every state came that it waited for: where one did not, nobody waits for it once more: the next
    /// scenario begins with services that start anew.</param>
    /// <param name="heal">Brings it back.</param>
    /// <param name="record">Records what did not, of this scenario.</param>
    public async Task LeaveAsync(string scenario, bool wasReached, Func<CancellationToken, Task> heal, Action<Measurement, string> record)
    {
        if (lost is not null)
            return;
        before = scenario;
        isBroken = !wasReached || !await ComesThereAsync(heal, record, CancellationToken.None);
    }

    /// <summary>What is recorded where the platform does not come back by itself.</summary>
    /// <param name="state">The state that was awaited in vain.</param>
    /// <param name="scenario">Of what it did not come back.</param>
    public static Measurement NotBack(UnreachedState state, string scenario) =>
        Measurement.OfUnreached(Recovers, state) with
        {
            Phase = $"after {scenario}",
            Suspects = AwaitedStates.SuspectsOf(state.State),
        };

    private async Task<bool> ComesThereAsync(
        Func<CancellationToken, Task> attempt,
        Action<Measurement, string> record,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await attempt(cancellationToken);
            return true;
        }
        catch (StateNotSeenException e)
        {
            record(NotBack(e.Unreached, before!), before!);
            return false;
        }
    }
}
