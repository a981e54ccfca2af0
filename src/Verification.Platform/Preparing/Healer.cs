using Verification.Objectives;
using Verification.Stack.Readiness;
using Verification.Stack;

namespace Verification.Platform;

/// <summary>Brings back what is stopped or frozen, whoever did it, and waits until the platform serves.</summary>
internal sealed class Healer(PlatformUnderTest platform, ScenarioHistory history)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Waits until both services answer, and starts again what is not running meanwhile: a service may end because another component is away.</summary>
    /// <exception cref="StateNotSeenException">They did not within 30 s.</exception>
    public Task BringBackAsync(CancellationToken cancellationToken) => Eventually.IsTrueAsync("both services answer", Deadline, async ct =>
    {
        if ((await platform.PostAsync(Marker.NewAlive(), ct).ConfigureAwait(false)).Status == 200 && (await platform.ListAsync(ct).ConfigureAwait(false)).Status == 200)
            return true;
        await StartStoppedAsync(ct).ConfigureAwait(false);
        return false;
    }, cancellationToken);

    /// <summary>Starts whatever is stopped and lets go on what is frozen.</summary>
    /// <returns>Whether there was any.</returns>
    public async Task<bool> StartStoppedAsync(CancellationToken cancellationToken)
    {
        var any = false;
        var control = platform.Stack.Control;
        foreach (var instance in platform.Stack.Description.Instances)
        {
            var state = await control.StateAsync(instance, cancellationToken).ConfigureAwait(false);
            if (state is { Running: true, Paused: false })
                continue;
            any = true;
            history.Event(state.Paused ? "unpause" : "start", instance.Name, $"exit code {state.ExitCode}");
            if (state.Paused)
                await control.UnpauseAsync(instance, cancellationToken).ConfigureAwait(false);
            else
                await control.StartAsync(instance, cancellationToken).ConfigureAwait(false);
        }

        return any;
    }
}
