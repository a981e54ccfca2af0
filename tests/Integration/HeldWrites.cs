using Verification.Chaos.Faults;

namespace Verification.Tests.Integration;

/// <summary>Commits that are held back.</summary>
internal static class HeldWrites
{
    /// <summary>Posts until a lock of the table holds: its effect shows with the first buff that the Server is given and can't
    /// store.</summary>
    /// <param name="holding">The lock, as it is being applied.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<InjectedFault> AwaitAsync(
        Task<InjectedFault> holding,
        PlatformUnderTest platform,
        CancellationToken cancellationToken
    )
    {
        while (!holding.IsCompleted)
        {
            await platform.PostAsync(Marker.New("held"), cancellationToken);
            await Pace.StepAsync(cancellationToken);
        }

        return await holding;
    }
}
