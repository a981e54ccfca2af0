using System.Globalization;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Platform;

/// <summary>Sees that a service has ended for good: of containers without a policy of restarts, what has ended stays so.</summary>
/// <param name="control">Who tells its state.</param>
/// <param name="service">The service.</param>
/// <param name="time">The clock.</param>
internal sealed class EndedService(IStackControl control, StackInstance service, TimeProvider time)
{
    /// <summary>How long it may be away before that counts: whoever restarts it has done so by then.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private long? since;

    /// <summary>That it has ended and how, in a sentence; null while it runs, or has only just ended.</summary>
    public async Task<string?> SeeAsync(CancellationToken cancellationToken)
    {
        var state = await control.StateAsync(service, cancellationToken).ConfigureAwait(false);
        if (state.Running)
        {
            since = null;
            return null;
        }

        since ??= time.GetTimestamp();
        return time.GetElapsedTime(since.Value) < Grace
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{service.Name} has ended with exit code {state.ExitCode}, and within a scenario nobody starts it again"
            );
    }
}
