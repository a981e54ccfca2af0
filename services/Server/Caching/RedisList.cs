using StackExchange.Redis;

namespace SportBuff.Server.Caching;

/// <summary>The list in the Redis cluster: key <c>buffs</c>, 10 s.</summary>
internal sealed class RedisList(ConfigurationOptions options) : ICachedList, IAsyncDisposable
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

    /// <summary>Starts to connect, which does not fail: whatever is away, the connection comes back by itself.</summary>
    public void Connect() => connecting = Task.Run(() => ConnectionMultiplexer.ConnectAsync(options));

    /// <inheritdoc/>
    public async Task<(byte[]? List, string Generation)> ReadAsync()
    {
        var values = await Database().StringGetAsync([List, Generation]);
        return (values[0], values[1].IsNull ? "0" : values[1].ToString());
    }

    /// <inheritdoc/>
    public Task FillAsync(byte[] list, string generation) =>
        Database().ScriptEvaluateAsync(FillScript, [List, Generation], [list, generation, (long)Expiry.TotalMilliseconds]);

    /// <inheritdoc/>
    public Task InvalidateAsync() => Database().ScriptEvaluateAsync(InvalidateScript, [List, Generation]);

    public async ValueTask DisposeAsync()
    {
        if (connecting is { IsCompletedSuccessfully: true })
            await (await connecting).DisposeAsync();
    }

    private IDatabase Database() =>
        connecting is { IsCompletedSuccessfully: true }
            ? connecting.Result.GetDatabase()
            : throw new RedisConnectionException(
                ConnectionFailureType.UnableToConnect,
                CommandFlags.None,
                "There is no connection to the cache yet."
            );
}
