using Verification.Stack;

namespace Verification.Platform;

/// <summary>The cached list in Redis.</summary>
public sealed class CachedList
{
    private readonly AttachedStack stack;

    internal CachedList(AttachedStack stack) => this.stack = stack;

    /// <summary>Time until it expires; null when there is none.</summary>
    /// <exception cref="StackExchange.Redis.RedisException">Redis can't be reached, or refuses.</exception>
    public async Task<TimeSpan?> TimeToLiveAsync() =>
        await (await stack.RedisAsync().ConfigureAwait(false)).KeyTimeToLiveAsync(Contract.CacheKey).ConfigureAwait(false);

    /// <summary>Removes it.</summary>
    /// <exception cref="StackExchange.Redis.RedisException">Redis can't be reached, or refuses.</exception>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public async Task ClearAsync()
    {
        stack.RequireDestructive("clear the cache");
        await (await stack.RedisAsync().ConfigureAwait(false)).KeyDeleteAsync(Contract.CacheKey).ConfigureAwait(false);
    }

    /// <summary>Makes Redis lose whatever it has: the list, and what anybody else keeps beside it.</summary>
    /// <exception cref="StackExchange.Redis.RedisException">A node can't be reached, or refuses.</exception>
    /// <exception cref="Stack.Control.StackProtectedException">The stack may not be changed.</exception>
    public async Task LoseAllAsync()
    {
        stack.RequireDestructive("empty the cache");
        var redis = await stack.RedisAsync().ConfigureAwait(false);
        var primaries = redis.Multiplexer.GetServers().Where(server => !server.IsReplica);
        await Task.WhenAll(primaries.Select(server => server.FlushAllDatabasesAsync())).ConfigureAwait(false);
    }
}
