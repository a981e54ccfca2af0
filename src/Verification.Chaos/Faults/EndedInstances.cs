using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>Instances that have ended.</summary>
internal static class EndedInstances
{
    /// <summary>That an instance has ended; null while it runs.</summary>
    public static async Task<string?> EndedAsync(this IStackControl control, StackInstance instance, CancellationToken cancellationToken)
    {
        var state = await control.StateAsync(instance, cancellationToken).ConfigureAwait(false);
        return state.Running ? null : $"{instance.Name} does not run (exit code {state.ExitCode})";
    }

    /// <summary>Starts an instance that has ended.</summary>
    public static async Task StartIfEndedAsync(this IStackControl control, StackInstance instance, CancellationToken cancellationToken)
    {
        if (!(await control.StateAsync(instance, cancellationToken).ConfigureAwait(false)).Running)
            await control.StartAsync(instance, cancellationToken).ConfigureAwait(false);
    }
}
