using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components.Toxiproxy;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>Heals what dead runs have left in a stack that has outlived them.</summary>
public static class LeftFaults
{
    /// <summary>Starts what they have stopped, lets go on what they have frozen, and undoes what they have done to networks, links and
    /// replicas, the newest first; what was held by a session of theirs has gone with it. Each is written off in its journal once it is
    /// seen to be undone.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="runs">The folder of the stored runs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was healed.</returns>
    /// <exception cref="InvalidOperationException">Something could not be healed.</exception>
    public static async Task<IReadOnlyList<FaultRecord>> HealAsync(
        AttachedStack stack,
        string runs,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(time);
        var healed = new List<FaultRecord>();
        if (!stack.Description.Destructive || !Directory.Exists(runs))
            return healed;
        foreach (
            var folder in Directory
                .EnumerateDirectories(runs)
                .Select(path => new RunFolder(path))
                .Where(folder => File.Exists(folder.Faults))
                .OrderByDescending(folder => folder.Path, StringComparer.Ordinal)
        )
        {
            var journal = new FaultJournal(folder);
            foreach (var left in journal.Unhealed(stack.Description.Run).Reverse())
            {
                if (stack.Description.Instances.FirstOrDefault(instance => instance.Name == left.Target) is { } instance)
                    await HealAsync(stack, left, instance, cancellationToken).ConfigureAwait(false);
                journal.Append(left with { Phase = FaultPhase.Healed, At = time.GetUtcNow() });
                healed.Add(left);
            }
        }

        return healed;
    }

    private static async Task HealAsync(AttachedStack stack, FaultRecord left, StackInstance instance, CancellationToken cancellationToken)
    {
        var state = await stack.Control.StateAsync(instance, cancellationToken).ConfigureAwait(false);
        if (state.Paused)
            await stack.Control.UnpauseAsync(instance, cancellationToken).ConfigureAwait(false);
        // What was done to its network, or to it as a link, has gone with its process.
        if (!state.Running)
            await stack.Control.StartAsync(instance, cancellationToken).ConfigureAwait(false);
        else if (left.Name == CutFault.Kind)
            await stack.Control.Require<IPartitions>($"heal {instance.Name}").HealAsync(instance, cancellationToken).ConfigureAwait(false);
        else if (left.Name == ReplicaStopFault.Kind)
            await new ReplicaStopFault(stack.Control, instance).HealAsync(cancellationToken).ConfigureAwait(false);
        else if (instance.Carries is not null)
            await LinkControl.Of(stack, instance).ResetAsync(cancellationToken).ConfigureAwait(false);
        if (await stack.Control.StateAsync(instance, cancellationToken).ConfigureAwait(false) is not { Running: true, Paused: false })
            throw new InvalidOperationException(
                $"{instance.Name} does not run: {left.Name} of a dead run ({left.Scenario}) could not be healed. Look at its log, or start the stack anew."
            );
    }
}
