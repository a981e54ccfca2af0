using SportBuff.Server.Caching;
using StackExchange.Redis;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class RedisListTests
{
    [Fact]
    public async Task A_Server_that_ends_before_it_reached_the_cache_ends_well()
    {
        await using var list = new RedisList(CacheOptions.Read(Variables.Of(("REDISHOSTS", "redis-node-0:6379"))));

        await Assert.ThrowsAsync<RedisConnectionException>(list.ReadAsync);
    }
}
