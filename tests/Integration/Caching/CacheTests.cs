using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Caching;

public sealed class CacheTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private const string Cached = "a list is cached";

    [Fact]
    [Objective("cache.hit")]
    [Objective("cache.expires")]
    public async Task A_listing_comes_from_the_cache_until_it_expires()
    {
        var (before, after) = (Marker.New("before"), Marker.New("after"));
        await Platform.PostAsync(before, Cancellation);
        await Platform.FenceAsync(Cancellation);
        // A Redis that has lost everything, as one of a new cluster: the next list is cached without a buff that comes before it.
        await Platform.Cache.LoseAllAsync();
        var listed = await Platform.ListAsync(Cancellation);
        await ChargeAsync(
            ["cache.hit"],
            () =>
                Eventually.SeeAsync(
                    "a listing is cached",
                    Platform.WhileServerRuns(Expiry),
                    async _ => await Platform.Cache.IsThereAsync() ? Cached : $"no list is cached; GET /buffs was answered {listed}",
                    seen => seen == Cached,
                    Cancellation
                )
        );
        // Some of the expiry must be gone, so that what is measured stays clear of the limit by more than the polling sees.
        await ChargeAsync(
            ["cache.expires"],
            () =>
                Eventually.SeeAsync(
                    "the cached list is a second old",
                    Expiry,
                    _ => Platform.Cache.TimeToLiveAsync(),
                    left => left < Expiry - TimeSpan.FromSeconds(1),
                    Cancellation
                )
        );

        await Platform.Table.RenameAsync(before, after, Cancellation);
        var changed = TimeProvider.System.GetTimestamp();
        var hits = new List<ListAnswer>();
        for (var count = 0; count < 10; count++)
            hits.Add(await Platform.ListAsync(Cancellation));
        // An error is no hit: only the list as it was cached is.
        var missed = hits.Count(answer => !answer.Lists(before));
        var hitsTook = TimeProvider.System.GetElapsedTime(changed);
        Keep(
            new Measurement(
                "cache.hit",
                missed,
                hitsTook < TimeSpan.FromSeconds(5) ? hits.Count : 0,
                missed == 0
                    ? null
                    : $"{missed} of {hits.Count} listings within {hitsTook.TotalSeconds:0.0} s of a change behind the cache's back were not the cached list"
            )
        );
        await Eventually.SeeAsync(
            "the change is listed",
            Platform.WhileServerRuns(Expiry * 3),
            Platform.ListAsync,
            answer => answer.Lists(after),
            Cancellation
        );
        var seen = TimeProvider.System.GetElapsedTime(changed);

        Decide(new Measurement("cache.expires", seen.TotalSeconds, 1, Resolution: Poll.TotalSeconds));
    }

    [Fact]
    [Objective("cache.invalidation")]
    public async Task A_new_buff_is_listed_as_soon_as_its_row_is_committed()
    {
        var worst = TimeSpan.Zero;
        var slowest = string.Empty;
        LateBuff? late = null;
        const int Times = 10;
        var count = 0;
        // One that is late by a multiple of the limit decides; ten of them would only take longer.
        for (; count < Times && worst < Late; count++)
        {
            var marker = Marker.New("fresh");
            await Platform.ListAsync(Cancellation);
            await Platform.PostAsync(marker, Cancellation);
            await Platform.AwaitRowAsync(marker, Cancellation);
            var committed = TimeProvider.System.GetTimestamp();
            await Eventually.SeeAsync(
                $"'{marker}' is listed",
                Platform.WhileServerRuns(Expiry * 2),
                async ct =>
                {
                    var answer = await Platform.ListAsync(ct);
                    // Where it is while it is late: afterwards nobody can tell.
                    if (late is null && !answer.Lists(marker) && TimeProvider.System.GetElapsedTime(committed) > Promptly)
                        late = await Platform.FollowLateAsync(marker, ct);
                    return new Listing(answer, late);
                },
                listing => listing.Answer.Lists(marker),
                Cancellation
            );
            var took = TimeProvider.System.GetElapsedTime(committed);
            (worst, slowest) = took > worst ? (took, marker) : (worst, slowest);
        }

        Decide(
            new Measurement(
                "cache.invalidation",
                worst.TotalSeconds,
                count,
                worst <= Promptly
                    ? null
                    : $"the slowest of {count} new buffs was '{slowest}'{(late is null ? string.Empty : $"; the first that was late: {late}")}",
                Poll.TotalSeconds
            )
            {
                Suspects = late?.Suspects ?? [],
            }
        );
    }

    /// <summary>What is listed, and where a buff is that is not although it is due.</summary>
    private sealed record Listing(ListAnswer Answer, LateBuff? Late)
    {
        public override string ToString() => Late is null ? $"{Answer}" : $"{Answer}; {Late}";
    }
}
