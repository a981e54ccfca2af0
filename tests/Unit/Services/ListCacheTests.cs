using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Prometheus;
using SportBuff.Server;
using SportBuff.Server.Caching;
using StackExchange.Redis;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class ListCacheTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider time = new();
    private readonly ScriptedList redis = new() { Cached = [1] };
    private readonly ServerMetrics metrics = new(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
    private readonly ListCache cache;

    public ListCacheTests() => cache = new ListCache(redis, metrics, time, NullLogger<ListCache>.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => cache.DisposeAsync();

    [Fact]
    public async Task What_the_cache_has_is_a_hit_and_what_it_has_not_a_miss()
    {
        Assert.Equal([1], (await cache.GetAsync()).List);
        await cache.InvalidateAsync();
        Assert.Equal((null, "0"), await cache.GetAsync());

        Assert.Equal((1, 1, 0), (metrics.CacheHits.Value, metrics.CacheMisses.Value, metrics.CacheBypasses.Value));
    }

    [Fact]
    public async Task A_cache_that_fails_is_passed_by()
    {
        redis.Request = Away;

        Assert.Equal((null, null), await cache.GetAsync());
        await cache.FillAsync([2], "0");
        Assert.Equal(1, metrics.CacheBypasses.Value);
    }

    [Fact]
    public async Task A_cache_that_hangs_holds_up_a_listing_no_longer_than_its_patience()
    {
        redis.Request = Hangs;
        var getting = cache.GetAsync();
        var filling = cache.FillAsync([2], "0");
        Assert.False(getting.IsCompleted);
        time.Advance(ListCache.Patience);

        Assert.Equal((null, null), await getting.WaitAsync(Patience, Cancellation));
        await filling.WaitAsync(Patience, Cancellation);
        // A listing asks, and fills: both together within half a second.
        Assert.True(2 * ListCache.Patience <= TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task An_invalidation_that_failed_is_repeated_until_the_cache_has_taken_it()
    {
        redis.Request = Away;
        await cache.InvalidateAsync();
        redis.Request = () => Task.CompletedTask;

        await UntilAsync(() => redis.Cached is null);
    }

    [Fact]
    public async Task A_cache_that_is_away_is_asked_again_after_a_pause()
    {
        redis.Request = Away;
        await cache.InvalidateAsync();

        // At once a second time, and then not before the clock has gone on, which stands still.
        await UntilAsync(() => redis.Invalidations >= 2, TimeSpan.Zero);
        await Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation);
        Assert.Equal(2, redis.Invalidations);
        await UntilAsync(() => redis.Invalidations > 2);
    }

    [Fact]
    public async Task What_the_cache_holds_is_not_used_while_an_invalidation_is_owed()
    {
        redis.Request = Away;
        await cache.InvalidateAsync();

        // It reads again, but can't invalidate yet.
        redis.Request = Hangs;
        Assert.Equal((null, null), await cache.GetAsync().WaitAsync(Patience, Cancellation));
        Assert.Equal(1, metrics.CacheBypasses.Value);
        redis.Request = () => Task.CompletedTask;
        await UntilAsync(() => redis.Cached is null);
        redis.Cached = [2];
        await UntilAsync(async () => (await cache.GetAsync()).List is [2]);
    }

    [Fact]
    public async Task While_one_is_owed_the_consumer_does_not_wait_for_the_cache()
    {
        redis.Request = Away;
        await cache.InvalidateAsync();
        redis.Request = Hangs;

        // The clock stands still: nothing would end a wait.
        for (var count = 0; count < 100; count++)
            await cache.InvalidateAsync().WaitAsync(Patience, Cancellation);
        redis.Request = () => Task.CompletedTask;
        await UntilAsync(() => redis.Cached is null);
    }

    /// <summary>What is stored while the cache takes an invalidation may be behind what it has taken: a list that is cached then is
    /// stale.</summary>
    [Fact]
    public async Task One_that_is_wanted_while_another_is_under_way_is_repeated_after_it()
    {
        redis.Request = Away;
        await cache.InvalidateAsync();
        var (begun, taken) = (new TaskCompletionSource(), new TaskCompletionSource());
        redis.Request = () =>
        {
            begun.TrySetResult();
            return taken.Task;
        };
        await UntilAsync(() => begun.Task.IsCompleted);
        var before = redis.Invalidations;

        await cache.InvalidateAsync().WaitAsync(Patience, Cancellation);
        Assert.Equal(before, redis.Invalidations);
        taken.SetResult();

        await UntilAsync(() => redis.Invalidations > before);
    }

    private static Task Away() =>
        throw new RedisConnectionException(ConnectionFailureType.SocketFailure, CommandFlags.None, "Redis is away.");

    private static Task Hangs() => new TaskCompletionSource().Task;

    private Task UntilAsync(Func<bool> reached, TimeSpan? step = null) => UntilAsync(() => Task.FromResult(reached()), step);

    /// <summary>Lets time pass until a state is reached.</summary>
    private async Task UntilAsync(Func<Task<bool>> reached, TimeSpan? step = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (!await reached())
        {
            time.Advance(step ?? TimeSpan.FromMilliseconds(50));
            await Task.Delay(1, patience.Token);
        }
    }
}
