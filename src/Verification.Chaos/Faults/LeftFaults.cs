using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>Heals what dead runs have left in a stack that has outlived them.</summary>
public static class LeftFaults
{
    /// <summary>Starts what they have stopped and lets go on what they have frozen; what was held by a session of theirs has gone with it.
    /// Each is written off in its journal.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="runs">The folder of the stored runs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was healed.</returns>
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
        )
        {
            var journal = new FaultJournal(folder);
            foreach (var left in journal.Unhealed(stack.Description.Run))
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
        else if (!state.Running)
            await stack.Control.StartAsync(instance, cancellationToken).ConfigureAwait(false);
        else if (left.Name == CutFault.Kind)
            await stack.Control.Require<IPartitions>($"heal {instance.Name}").HealAsync(instance, cancellationToken).ConfigureAwait(false);
        else if (left.Name == ReplicaStopFault.Kind)
            await new ReplicaStopFault(stack.Control, instance).HealAsync(cancellationToken).ConfigureAwait(false);
    }
}
