namespace SportBuff.Server.Caching;

/// <summary>The cached list, passed by where the cache fails or hangs: it never makes an error of a listing, and never holds
/// up the consumer.
/// An invalidation that failed is repeated until the cache has taken it; meanwhile what it holds is stale and not used.</summary>
internal sealed class ListCache(ICachedList list, ServerMetrics metrics, TimeProvider time, ILogger<ListCache> logger) : IAsyncDisposable
{
    /// <summary>How long a call of the cache is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource ended = new();
    private readonly Lock owing = new();
    private Task repeating = Task.CompletedTask;
    private bool isRepeating;
    private long wanted;
    private long done;

    /// <summary>The cached list, null where there is none, and the generation to fill under, null where it can't be filled.</summary>
    public async Task<(byte[]? List, string? Generation)> GetAsync()
    {
        if (OwesInvalidation())
        {
            metrics.CacheBypasses.Inc();
            return (null, null);
        }

        try
        {
            var (cached, generation) = await list.ReadAsync().WaitAsync(Patience, time);
            (cached is null ? metrics.CacheMisses : metrics.CacheHits).Inc();
            return (cached, generation);
        }
        catch (Exception e)
        {
            metrics.CacheBypasses.Inc();
            logger.LogWarning("The cache was passed by: {Cause}", e.Message);
            return (null, null);
        }
    }

    /// <summary>Caches a list that was queried under a generation.</summary>
    public async Task FillAsync(byte[] queried, string generation)
    {
        try
        {
            await list.FillAsync(queried, generation).WaitAsync(Patience, time);
        }
        catch (Exception e)
        {
            logger.LogWarning("The cache was not filled: {Cause}", e.Message);
        }
    }

    /// <summary>Drops the cached list, now or, where the cache is away, as soon as it is back.</summary>
    public async Task InvalidateAsync()
    {
        // Where one is owed already, its repetition stands for this one, too: nobody waits for a cache that is away.
        if (!OwesInvalidation() && await TryInvalidateAsync())
            return;
        lock (owing)
        {
            wanted++;
            if (isRepeating)
                return;
            isRepeating = true;
            repeating = Task.Run(RepeatAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await repeating;
        ended.Dispose();
    }

    private bool OwesInvalidation()
    {
        lock (owing)
            return done < wanted;
    }

    private async Task RepeatAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            long target;
            lock (owing)
                target = wanted;
            if (await TryInvalidateAsync())
            {
                lock (owing)
                {
                    done = target;
                    if (done < wanted)
                        continue;
                    isRepeating = false;
                    return;
                }
            }
            else
            {
                await Task.Delay(Pause, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> TryInvalidateAsync()
    {
        try
        {
            await list.InvalidateAsync().WaitAsync(Patience, time, ended.Token);
            return true;
        }
        catch (Exception e)
        {
            logger.LogWarning("The cache was not invalidated, which is repeated until it is: {Cause}", e.Message);
            return false;
        }
    }
}
