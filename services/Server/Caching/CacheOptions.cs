using StackExchange.Redis;

namespace SportBuff.Server.Caching;

/// <summary>How the Redis cluster is reached (REDISHOSTS, REDISPASSWORD).</summary>
internal static class CacheOptions
{
    private const int CommandMilliseconds = 500;

    /// <exception cref="ConfigurationException">A variable is missing or wrong.</exception>
    public static ConfigurationOptions FromEnvironment()
    {
        var options = new ConfigurationOptions
        {
            Password = ServiceEnvironment.Optional("REDISPASSWORD"),
            AbortOnConnectFail = false,
            ConnectTimeout = 2000,
            AsyncTimeout = CommandMilliseconds,
            SyncTimeout = CommandMilliseconds,
            // A cache that is away is passed by, not waited for.
            BacklogPolicy = BacklogPolicy.FailFast,
        };
        foreach (var host in ServiceEnvironment.Required("REDISHOSTS").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (host.Split(':') is not [{ Length: > 0 }, var port] || !ushort.TryParse(port, out _))
                throw new ConfigurationException($"REDISHOSTS names '{host}'; expected host:port,….");
            options.EndPoints.Add(host);
        }

        return options;
    }
}
