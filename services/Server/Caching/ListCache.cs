using StackExchange.Redis;

namespace SportBuff.Server.Caching;

/// <summary>The cached list: key <c>buffs</c>, 10 s. A cache that fails is passed by: it never makes an error of a listing, and never holds up the consumer.</summary>
internal sealed class ListCache(ConfigurationOptions options, ILogger<ListCache> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(10);
    private static readonly RedisKey List = "buffs";

    // In the hash slot of the list, so that one script may touch both.
    private static readonly RedisKey Generation = "{buffs}:generation";

    // Fills only if nothing was invalidated since the list was queried: a late fill would bring back a stale list.
    private const string FillScript = """
        if (redis.call('GET', KEYS[2]) or '0') == ARGV[2] then
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
          return 1
        end
        return 0
        """;

    private const string InvalidateScript = """
        redis.call('INCR', KEYS[2])
        return redis.call('DEL', KEYS[1])
        """;

    private Task<ConnectionMultiplexer>? connecting;

    /// <summary>Starts to connect in the background.</summary>
    public void Connect() => connecting = Task.Run(() => ConnectionMultiplexer.ConnectAsync(options));

    /// <summary>The cached list, null where there is none, and the generation to fill under.</summary>
    public async Task<(byte[]? List, string? Generation)> GetAsync()
    {
        try
        {
            if (Database() is not { } database)
                return (null, null);
            var values = await database.StringGetAsync([List, Generation]);
            return (values[0], values[1].IsNull ? "0" : values[1].ToString());
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            logger.LogWarning("The cache was passed by: {Cause}", e.Message);
            return (null, null);
        }
    }

    /// <summary>Caches a list that was queried under a generation.</summary>
    public async Task FillAsync(byte[] list, string generation)
    {
        try
        {
            if (Database() is { } database)
                await database.ScriptEvaluateAsync(FillScript, [List, Generation], [list, generation, (long)Expiry.TotalMilliseconds]);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            logger.LogWarning("The cache was not filled: {Cause}", e.Message);
        }
    }

    /// <summary>Drops the cached list.</summary>
    public async Task InvalidateAsync()
    {
        try
        {
            if (Database() is { } database)
                await database.ScriptEvaluateAsync(InvalidateScript, [List, Generation]);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            logger.LogWarning("The cache was not invalidated; it expires by itself: {Cause}", e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connecting is { IsCompletedSuccessfully: true })
            await (await connecting).DisposeAsync();
    }

    private IDatabase? Database() => connecting is { IsCompletedSuccessfully: true } ? connecting.Result.GetDatabase() : null;
}
