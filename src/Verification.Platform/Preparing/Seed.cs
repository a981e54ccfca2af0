using System.Globalization;
using Verification.Stack.Readiness;

namespace Verification.Platform;

/// <summary>The buffs that a scenario starts from.</summary>
public static class Seed
{
    /// <summary>How many there are, unless a scenario says otherwise.</summary>
    public const int Count = 100;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Leaves the table with the seed and nothing else, and the cache empty.</summary>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    /// <exception cref="StateNotSeenException">What was posted was not stored in time.</exception>
    internal static async Task PlantAsync(PlatformUnderTest platform, CancellationToken cancellationToken)
    {
        var there = await Eventually
            .SeeAsync(
                "the table can be emptied",
                Deadline,
                ct => platform.Table.KeepOnlyAsync(Marker.SeedPrefix, ct),
                _ => true,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (there < Count)
        {
            var questions = Enumerable
                .Range((int)there, (int)(Count - there))
                .Select(index => string.Create(CultureInfo.InvariantCulture, $"{Marker.SeedPrefix}{index:000}"))
                .ToList();
            await platform.PostManyAsync(questions, clients: 4, cancellationToken).ConfigureAwait(false);
            await Eventually
                .SeeAsync(
                    $"{Count} seed buffs in the table",
                    Deadline,
                    platform.Table.CountAsync,
                    count => count >= Count,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        await Eventually
            .SucceedsAsync("the cache can be cleared", Deadline, _ => platform.Cache.ClearAsync(), cancellationToken)
            .ConfigureAwait(false);
    }
}
