using System.Text;
using DotNet.Testcontainers.Builders;
using Testcontainers.Redis;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Redis;

/// <summary>One node of the Redis cluster, with the configuration of <c>config/redis/</c>.</summary>
internal static class RedisNodeComponent
{
    /// <summary>Its port inside.</summary>
    public const int Port = RedisBuilder.RedisPort;

    private const string Configuration = "/usr/local/etc/redis/redis.conf";

    public static StackComponent Of(InstancePlace place, string image, ProjectRoot root, Secrets secrets)
    {
        var ready = new UntilAnswers("answers PING", _ => RedisProbe.AskAsync(place.Ports[Port], secrets.RedisPassword, "PING"));
        var configuration = $"{File.ReadAllText(Path.Combine(root.Config, "redis", "redis.conf"))}\nrequirepass {secrets.RedisPassword}\nmasterauth {secrets.RedisPassword}\n";
        var builder = place.Apply(new RedisBuilder(image))
            .WithResourceMapping(Encoding.UTF8.GetBytes(configuration), Configuration)
            .WithCommand("redis-server", Configuration)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, InstanceRole.Redis, builder.Build(), ready, place.Ports);
    }
}
