using StackExchange.Redis;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Readiness;

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

    /// <summary>Whether there is one, of whatever form.</summary>
    /// <exception cref="StackExchange.Redis.RedisException">Redis can't be reached, or refuses.</exception>
    public async Task<bool> IsThereAsync() =>
        await (await stack.RedisAsync().ConfigureAwait(false)).KeyExistsAsync(Contract.CacheKey).ConfigureAwait(false);

    /// <summary>What its key holds now. What Redis does not tell is not known.</summary>
    public async Task<CachedLook> LookAsync()
    {
        try
        {
            var redis = await stack.RedisAsync().ConfigureAwait(false);
            return CachedLook.Of(await redis.StringGetAsync(Contract.CacheKey).ConfigureAwait(false));
        }
        catch (RedisServerException e) when (e.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return new CachedLook("its key in Redis is no text", null);
        }
        catch (Exception e) when (Patience.IsOfTheConnection(e) || e is DocumentException)
        {
            return new CachedLook($"Redis does not tell what it holds: {Quotation.Of(e.Message)}", null);
        }
    }

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
