using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Caching;

public sealed class CacheTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    [Fact]
    [Objective("cache.hit")]
    [Objective("cache.expires")]
    public async Task A_listing_comes_from_the_cache_until_it_expires()
    {
        var (before, after) = (Platform.NewMarker("before"), Platform.NewMarker("after"));
        await Platform.PostAsync(before, cancellationToken: Cancellation);
        await Platform.FenceAsync(Cancellation);
        await Platform.ChillAsync();
        await Platform.ListAsync(Cancellation);
        // Some of the expiry must be gone, so that what is measured stays clear of the limit by more than the polling sees.
        await Eventually.SeeAsync("the cached list is a second old", Expiry, _ => Platform.CacheTimeToLiveAsync(), left => left < Expiry - TimeSpan.FromSeconds(1), Cancellation);

        await Platform.RenameAsync(before, after, Cancellation);
        var changed = TimeProvider.System.GetTimestamp();
        var hits = new List<ListAnswer>();
        for (var count = 0; count < 10; count++)
            hits.Add(await Platform.ListAsync(Cancellation));
        // An error is no hit: only the list as it was cached is.
        var missed = hits.Count(answer => !answer.Body.Contains(before, StringComparison.Ordinal));
        var hitsTook = TimeProvider.System.GetElapsedTime(changed);
        await Eventually.IsTrueAsync("the change is listed", Expiry * 3, async ct => (await Platform.ListAsync(ct)).Body.Contains(after, StringComparison.Ordinal), Cancellation);
        var seen = TimeProvider.System.GetElapsedTime(changed);

        Decide(
            new("cache.hit", missed, hitsTook < TimeSpan.FromSeconds(5) ? hits.Count : 0, $"{missed} of {hits.Count} listings within {hitsTook.TotalSeconds:0.0} s of a change behind the cache's back were not the cached list"),
            new("cache.expires", seen.TotalSeconds, 1, $"a change behind the cache's back was listed after {seen.TotalSeconds:0.0} s", Poll.TotalSeconds));
    }

    [Fact]
    [Objective("cache.invalidation")]
    public async Task A_new_buff_is_listed_as_soon_as_its_row_is_committed()
    {
        var worst = TimeSpan.Zero;
        var slowest = string.Empty;
        const int Times = 10;
        var count = 0;
        // One that is late by a multiple of the limit decides; ten of them would only take longer.
        for (; count < Times && worst < Late; count++)
        {
            var marker = Platform.NewMarker("fresh");
            await Platform.ListAsync(Cancellation);
            await Platform.PostAsync(marker, cancellationToken: Cancellation);
            await Platform.AwaitRowAsync(marker, Cancellation);
            var committed = TimeProvider.System.GetTimestamp();
            await Eventually.IsTrueAsync($"'{marker}' is listed", Expiry * 2, async ct => (await Platform.ListAsync(ct)).Body.Contains(marker, StringComparison.Ordinal), Cancellation);
            var took = TimeProvider.System.GetElapsedTime(committed);
            (worst, slowest) = took > worst ? (took, marker) : (worst, slowest);
        }

        Decide("cache.invalidation", worst.TotalSeconds, count, $"the slowest of {count} new buffs, '{slowest}', was listed {worst.TotalSeconds:0.00} s after its row was committed", Poll.TotalSeconds);
    }
}
