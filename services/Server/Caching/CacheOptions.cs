using StackExchange.Redis;

namespace SportBuff.Server.Caching;

/// <summary>How the Redis cluster is reached (REDISHOSTS, REDISPASSWORD, REDISTLSENABLE).</summary>
internal static class CacheOptions
{
    private const int CommandMilliseconds = 500;

    /// <summary>What is wrong is noted in the environment.</summary>
    public static ConfigurationOptions Read(ServiceEnvironment environment)
    {
        var options = new ConfigurationOptions
        {
            Password = environment.Optional("REDISPASSWORD"),
            // Whom to trust says SSL_CERT_FILE, else the machine.
            Ssl = environment.Flag("REDISTLSENABLE"),
            AbortOnConnectFail = false,
            ConnectTimeout = 2000,
            AsyncTimeout = CommandMilliseconds,
            SyncTimeout = CommandMilliseconds,
            // A cache that is away is passed by, not waited for.
            BacklogPolicy = BacklogPolicy.FailFast,
        };
        foreach (var (host, port) in environment.Endpoints("REDISHOSTS", defaultPort: null, "host:port,…"))
            options.EndPoints.Add(host, port);
        return options;
    }
}
