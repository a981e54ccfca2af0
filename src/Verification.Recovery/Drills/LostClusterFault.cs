using Verification.Chaos.Faults;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components.RestStore;

namespace Verification.Recovery;

/// <summary>Everything that a platform is made of dies at once (SIGKILL), its archiver too. The target of its backups is elsewhere, and
/// goes on.</summary>
/// <param name="stack">The stack.</param>
/// <param name="history">Tells the time.</param>
public sealed class LostClusterFault(AttachedStack stack, ScenarioHistory history) : IFault
{
    private static readonly Role[] Elsewhere = [new("object-store"), RestStoreAddress.Role];
    private static readonly Role Archiver = new("backup");

    /// <inheritdoc />
    public string Name => "lose-cluster";

    /// <inheritdoc />
    public string Target => "cluster";

    /// <summary>When the first of it died.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The same in ns of the history.</summary>
    public long AtOfHistory { get; private set; }

    private IEnumerable<StackInstance> Instances => stack.Description.Instances.Where(instance => !Elsewhere.Contains(instance.Role));

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        (At, AtOfHistory) = (TimeProvider.System.GetUtcNow(), history.Now);
        // The archiver first: what it would still upload would flatter the figure.
        foreach (
            var part in new[]
            {
                Instances.Where(instance => instance.Role == Archiver),
                Instances.Where(instance => instance.Role != Archiver),
            }
        )
            await Task.WhenAll(part.Select(instance => stack.Control.KillAsync(instance, cancellationToken))).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var states = await Task.WhenAll(Instances.Select(instance => stack.Control.StateAsync(instance, cancellationToken)))
            .ConfigureAwait(false);
        return Array.TrueForAll(states, state => !state.Running) ? $"none of {states.Length} instances runs" : null;
    }

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) =>
        EachOne.DoAsync(
            Instances,
            async instance =>
            {
                if (!(await stack.Control.StateAsync(instance, cancellationToken).ConfigureAwait(false)).Running)
                    await stack.Control.StartAsync(instance, cancellationToken).ConfigureAwait(false);
            }
        );

    /// <inheritdoc />
    public async Task<string?> LeftAsync(CancellationToken cancellationToken)
    {
        var ended = new List<string>();
        foreach (var instance in Instances)
        {
            if (!(await stack.Control.StateAsync(instance, cancellationToken).ConfigureAwait(false)).Running)
                ended.Add(instance.Name);
        }

        return ended.Count > 0 ? $"{string.Join(", ", ended)} did not start" : null;
    }
}
