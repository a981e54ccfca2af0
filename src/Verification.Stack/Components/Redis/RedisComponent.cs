using System.Text;
using DotNet.Testcontainers.Builders;
using Testcontainers.Redis;
using Verification.Stack.Readiness;
using Verification.Stack.Settings;

namespace Verification.Stack.Components.Redis;

/// <summary>Nodes of a Redis cluster, with the configuration of <c>config/redis/</c>.</summary>
internal sealed class RedisComponent : ConfiguredComponent
{
    /// <summary>Its port inside.</summary>
    public const int Port = RedisBuilder.RedisPort;

    private const string ConfigurationFile = "/usr/local/etc/redis/redis.conf";
    private const string MeetFile = "/usr/local/lib/redis/meet";
    private static readonly ConfigFile File = new("redis.conf", ConfigFormat.Lines);
    private static readonly ConfigFile Meet = new("meet", ConfigFormat.Whole);

    // What makes new nodes a cluster where charts deploy them; the stack does it itself.
    private static readonly ConfigFile Form = new("form", ConfigFormat.Whole);

    /// <inheritdoc />
    public override string Name => "redis";

    /// <inheritdoc />
    public override Role Role => InstanceRole.Redis;

    /// <inheritdoc />
    public override IReadOnlyList<int> Ports => [Port];

    /// <inheritdoc />
    public override IReadOnlyList<Credential> Credentials => RedisCredentials.Wanted;

    /// <inheritdoc />
    public override string DataFolder => "/data";

    /// <inheritdoc />
    public override IReadOnlyList<ConfigFile> Configuration => [File, Meet, Form];

    /// <inheritdoc />
    internal override GroupStep Together =>
        new(
            RedisCluster.Step,
            (nodes, secrets, cancellationToken) => RedisCluster.FormAsync(nodes, new RedisCredentials(secrets).Password, cancellationToken)
        );

    /// <inheritdoc />
    public override async Task<string> VersionAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        var redis = await stack.RedisAsync().ConfigureAwait(false);
        return string.Join(
            " and ",
            redis.Multiplexer.GetServers().Where(server => server.IsConnected).Select(server => $"{server.Version}").Distinct()
        );
    }

    /// <inheritdoc />
    public override async Task<SettingsComparison> CompareSettingsAsync(
        AttachedStack stack,
        string config,
        CancellationToken cancellationToken
    )
    {
        var file = PathOf(File, config);
        var nodes = await Task.WhenAll(
                stack
                    .Instances(Role)
                    .Select(async node =>
                        await RedisSettings
                            .CompareAsync(file, node.Name, await stack.RedisServerAsync(node).ConfigureAwait(false))
                            .ConfigureAwait(false)
                    )
            )
            .ConfigureAwait(false);
        return SettingsComparison.Of(nodes);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<EffectiveSettings>> TellSettingsAsync(
        AttachedStack stack,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    ) =>
        await Task.WhenAll(
                stack
                    .Instances(Role)
                    .Select(async node => new EffectiveSettings(
                        node.Name,
                        await RedisSettings.ToldAsync(await stack.RedisServerAsync(node).ConfigureAwait(false)).ConfigureAwait(false)
                    ))
            )
            .ConfigureAwait(false);

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var password = new RedisCredentials(around.Secrets).Password;
        var ready = new UntilAnswers("answers PING", _ => RedisProbe.AskAsync(place.Ports[Port], password, "PING"));
        var configuration =
            $"{System.IO.File.ReadAllText(PathOf(File, around.Root.Config))}\nrequirepass {password}\nmasterauth {password}\n";
        var builder = place
            .Apply(new RedisBuilder(image))
            .WithResourceMapping(Encoding.UTF8.GetBytes(configuration), ConfigurationFile)
            .WithResourceMapping(System.IO.File.ReadAllBytes(PathOf(Meet, around.Root.Config)), MeetFile)
            .WithEnvironment("REDISCLI_AUTH", password)
            .WithCommand(CommandOf(place.Name, around))
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }

    /// <summary>By what a node starts: it meets the others at their own addresses, or at those that all of them announce.</summary>
    internal string[] CommandOf(string node, Surroundings around)
    {
        string[] start = ["docker-entrypoint.sh", "redis-server", ConfigurationFile];
        var nodes = around.InstancesOf(Role);
        if (around.AnnouncedBy(Role) is not { } link)
            return ["bash", MeetFile, .. nodes, "--", .. start];
        var linked = RedisLink.Of(nodes);
        return
        [
            "bash",
            MeetFile,
            .. linked.Select(each => $"{link}:{each.Port}:{each.BusPort}"),
            "--",
            .. RedisLink.Announcing(link, linked.Single(each => each.Name == node), start),
        ];
    }
}
