using System.Diagnostics;
using System.Globalization;
using System.Net;
using MySqlConnector;
using StackExchange.Redis;
using Verification.Objectives;
using Verification.Stack.Components;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Redis;
using Verification.Stack.Components.Services;
using Verification.Stack.Components.Toxiproxy;
using Verification.Stack.Control;
using Verification.Stack.Engine;
using Verification.Stack.Events;
using Verification.Stack.Network;
using Verification.Stack.Settings;
using Verification.Stomp;

namespace Verification.Stack;

/// <summary>A running stack, known by its <c>stack.json</c> alone: its addresses, real clients of its components, and the control over its
/// instances.</summary>
public sealed class AttachedStack : IAsyncDisposable
{
    private readonly Lazy<Task<ConnectionMultiplexer>> redis;

    private readonly DockerControl? docker;
    private readonly IStackProvider provider;

    private AttachedStack(StackDescription description, RunFolder folder, Secrets secrets, IStackControl control, IStackProvider provider)
    {
        this.provider = provider;
        Folder = folder;
        Description = description;
        Secrets = secrets;
        docker = control as DockerControl;
        Control = ProtectedControl.Of(description, control);
        redis = new(ConnectRedisAsync);
    }

    /// <summary>What <c>stack.json</c> says.</summary>
    public StackDescription Description { get; }

    /// <summary>Kill, restart and look into its instances; what else its provider can do, it implements. What would change a stack that may
    /// not be changed is refused with <see cref="StackProtectedException"/>.</summary>
    public IStackControl Control { get; }

    /// <summary>The breaks of the way to it so far; none where it can't break by itself.</summary>
    public IReadOnlyList<BrokenWay> BrokenWays => (Control as IWatchesWay)?.Breaks ?? [];

    /// <summary>Folder of the run that started it.</summary>
    internal RunFolder Folder { get; }

    /// <summary>The engine that its containers run on.</summary>
    /// <exception cref="InvalidOperationException">It is not made of containers.</exception>
    internal DockerEngine Engine =>
        docker?.Engine ?? throw new InvalidOperationException("This stack does not run in containers of a Docker engine.");

    /// <summary>What the engine tells of its instances; null where it is not made of containers of one.</summary>
    internal EventStream? Events => docker is null ? null : EngineEvents.Of(docker.Engine, Description.Run, Folder.Stage);

    internal Secrets Secrets { get; }

    /// <summary>Attaches to the stack that a file describes.</summary>
    /// <param name="file">A <c>stack.json</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DocumentException">The file or a credential it names cannot be used.</exception>
    /// <exception cref="EngineMissingException">It is made of containers, and no Docker engine answers.</exception>
    /// <exception cref="NotSupportedException">It runs where this program knows of no provider.</exception>
    /// <exception cref="StackNotFoundException">The place that it is said to run in is not there.</exception>
    /// <exception cref="StackUnreachableException">That place does not answer, or lets nobody in.</exception>
    public static Task<AttachedStack> AttachAsync(string file, CancellationToken cancellationToken) =>
        AttachAsync(file, [], cancellationToken);

    /// <summary>Attaches to the stack that a file describes, wherever it runs.</summary>
    /// <param name="file">A <c>stack.json</c>.</param>
    /// <param name="further">Providers beside that of containers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="AttachAsync(string, CancellationToken)"/>
    public static async Task<AttachedStack> AttachAsync(
        string file,
        IReadOnlyList<IStackProvider> further,
        CancellationToken cancellationToken
    )
    {
        var description = StackFile.Read(file);
        var secrets = Secrets.Read(description.Credentials, Path.GetDirectoryName(Path.GetFullPath(file))!);
        IReadOnlyList<IStackProvider> known = [new DockerProvider(), .. further];
        var provider =
            known.FirstOrDefault(each => each.Kind == description.Provider)
            ?? throw new NotSupportedException(
                $"{file}: the stack runs in '{description.Provider.ToString().ToLowerInvariant()}'; this program attaches to {string.Join(", ", known.Select(each => each.Kind.ToString().ToLowerInvariant()))}."
            );
        var control = await provider.AttachAsync(description, cancellationToken).ConfigureAwait(false);
        return new AttachedStack(
            await OpenedAsync(description, control, cancellationToken).ConfigureAwait(false),
            RunFolder.OfStack(file),
            secrets,
            control,
            provider
        );
    }

    /// <summary>How the stack is not what it is described as, one phrase for each instance.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<IReadOnlyList<string>> DifferencesAsync(CancellationToken cancellationToken) =>
        provider.DifferencesAsync(Description, cancellationToken);

    /// <summary>Refuses what would change a stack that may not be changed.</summary>
    /// <param name="what">What is about to be done: <c>drop the table</c>.</param>
    /// <exception cref="StackProtectedException">The stack may not be changed.</exception>
    public void RequireDestructive(string what) => Description.RequireDestructive(what);

    /// <summary>The stack's passwords, in clear, by their names.</summary>
    public IReadOnlyDictionary<string, string> Passwords => Secrets.Passwords;

    /// <summary>Names of the stack's passwords whose value stands in a text.</summary>
    public IReadOnlyList<string> CredentialsIn(string text) => [.. Secrets.FoundIn(text)];

    /// <summary>A token of somebody who may post by the gateway; null where none was named.</summary>
    public string? GatewayToken =>
        Description.Credentials.ContainsKey(GatewayDescription.TokenCredential) ? Secrets[GatewayDescription.TokenCredential].Trim() : null;

    /// <summary>The only instance of a role.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public StackInstance Instance(Role role) => Only(Instances(role), $"instance of the role '{role}'", "Instances or PrimaryAsync");

    /// <summary>All instances of a role.</summary>
    public IEnumerable<StackInstance> Instances(Role role) => Description.Instances.Where(instance => instance.Role == role);

    /// <summary>The instance of a role that takes writes now: of one, this one.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    /// <exception cref="NotSupportedException">There are several, and the component does not tell.</exception>
    public Task<StackInstance> PrimaryAsync(Role role, CancellationToken cancellationToken)
    {
        var instances = Instances(role).ToList();
        return instances.Count > 1 ? ComponentOf(role).PrimaryAsync(this, instances, cancellationToken) : Task.FromResult(Instance(role));
    }

    /// <summary>The one that serves the clients of a role: what stands before its instances, or the only instance.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several and nothing stands before them.</exception>
    public StackInstance Serving(Role role) =>
        Only(Description.Instances.ThatServe(role), $"instance that serves the clients of '{role}'", "Instances or PrimaryAsync");

    /// <summary>Where the clients of a role go, from the host: to the one that stands before its instances, or to the only
    /// instance.</summary>
    /// <param name="role">The role.</param>
    /// <param name="port">The port inside; null for that of the role's clients.</param>
    /// <exception cref="InvalidOperationException">There is none, or there are several and nothing stands before them.</exception>
    public EndPoint Endpoint(Role role, int? port = null) => Serving(role).EndpointOf(port ?? ComponentOf(role).Ports[0]);

    /// <summary>Where the clients of a role go now, from here.</summary>
    /// <inheritdoc cref="Endpoint"/>
    public Task<EndPoint> EndpointAsync(Role role, int? port, CancellationToken cancellationToken) =>
        Control.EndpointAsync(Serving(role), port ?? ComponentOf(role).Ports[0], cancellationToken);

    /// <summary>Address of a service on the host.</summary>
    public static Uri Address(StackInstance service)
    {
        var (host, port) = service.EndpointOf(ServiceComponent.Port).HostAndPort();
        DirectAddresses.Add(host);
        return new UriBuilder("http", host, port).Uri;
    }

    /// <summary>How to connect to MySQL as the services' user, without a pool.</summary>
    public MySqlConnectionStringBuilder MySqlOptions(StackInstance mysql)
    {
        var (host, port) = mysql.EndpointOf(MySqlComponent.Port).HostAndPort();
        return MySqlComponent.Options(host, port, Secrets);
    }

    /// <summary>How to connect to a broker over STOMP as the services' user.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="tls">Whether over TLS, with trust in the stack's own authority only.</param>
    public StompOptions BrokerOptions(StackInstance broker, bool tls = false)
    {
        var (host, port) = broker.EndpointOf(tls ? BrokerPorts.StompTls : BrokerPorts.Stomp).HostAndPort();
        return BrokerComponent.Options(host, port, Secrets) with { Tls = tls ? BrokerComponent.Tls(host, Secrets) : null };
    }

    /// <summary>Host and port of a Redis node.</summary>
    public static IPEndPoint RedisAddress(StackInstance node) =>
        node.EndpointOf(RedisComponent.Port) as IPEndPoint
        ?? throw new InvalidOperationException($"The address of {node.Name} on the host is a name, and an address is needed.");

    /// <summary>Connects to MySQL as the services' user.</summary>
    public async Task<MySqlConnection> MySqlAsync(CancellationToken cancellationToken) =>
        await MySqlAsync(await PrimaryAsync(InstanceRole.Mysql, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Connects to an instance of MySQL as the services' user.</summary>
    public Task<MySqlConnection> MySqlAsync(StackInstance mysql, CancellationToken cancellationToken) =>
        ConnectAsync(mysql, MySqlComponent.Options, cancellationToken);

    /// <summary>Connects to an instance of MySQL as the administrator, who may make and change tables whatever the services' user
    /// may.</summary>
    /// <exception cref="StackProtectedException">The stack may not be changed.</exception>
    public Task<MySqlConnection> AdministratorAsync(StackInstance mysql, CancellationToken cancellationToken)
    {
        RequireDestructive("change tables");
        return ConnectAsync(mysql, MySqlComponent.AdministratorOptions, cancellationToken);
    }

    private async Task<MySqlConnection> ConnectAsync(
        StackInstance mysql,
        Func<string, int, Secrets, MySqlConnectionStringBuilder> optionsOf,
        CancellationToken cancellationToken
    )
    {
        var (host, port) = (await Control.EndpointAsync(mysql, MySqlComponent.Port, cancellationToken).ConfigureAwait(false)).HostAndPort();
        var connection = new MySqlConnection(optionsOf(host, port, Secrets).ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (!Description.Destructive)
                await ReadOnlyAsync(connection, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The Redis cluster, through a client that follows it: one connection, made at the first call.</summary>
    public async Task<IDatabase> RedisAsync() => (await redis.Value.ConfigureAwait(false)).GetDatabase();

    /// <summary>Connects to the means by which the broker tells of itself.</summary>
    public async Task<IBrokerManagement> BrokerAsync(CancellationToken cancellationToken) =>
        await BrokerAsync(await PrimaryAsync(InstanceRole.Broker, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>The brokers that answer clients now: of a pair on one volume one, or none while it is taken over.</summary>
    public Task<IReadOnlyList<StackInstance>> ActiveBrokersAsync(CancellationToken cancellationToken) =>
        BrokerComponent.ActiveAsync(this, [.. Instances(InstanceRole.Broker)], cancellationToken);

    /// <summary>Connects to the means by which a broker, the stack's or one beside it, tells of itself.</summary>
    public async Task<IBrokerManagement> BrokerAsync(StackInstance broker, CancellationToken cancellationToken)
    {
        var (host, port) = (await Control.EndpointAsync(broker, BrokerPorts.Stomp, cancellationToken).ConfigureAwait(false)).HostAndPort();
        return await ComponentList
            .Broker(Description.Broker)
            .ManagementAsync(BrokerComponent.Options(host, port, Secrets), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Holds the effective settings of a role's instances against a configuration folder.</summary>
    /// <param name="role">A role that is configured by <c>config/</c>.</param>
    /// <param name="config">The folder, <c>config/</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<SettingsComparison> CompareSettingsAsync(Role role, string config, CancellationToken cancellationToken) =>
        Configured(role).CompareSettingsAsync(this, config, cancellationToken);

    /// <summary>What the instances of a component tell of settings in effect; none where it is not part of the stack, or tells
    /// nothing.</summary>
    /// <param name="component">Name of the component.</param>
    /// <param name="names">The settings, as it names them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<IReadOnlyList<EffectiveSettings>> TellSettingsAsync(
        string component,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    ) =>
        ComponentList.Configured.FirstOrDefault(each =>
            each.Name == component && each.BelongsWith(Description.Broker) && Instances(each.Role).Any()
        )
            is { } found
            ? found.TellSettingsAsync(this, names, cancellationToken)
            : Task.FromResult<IReadOnlyList<EffectiveSettings>>([]);

    /// <summary>The version that a running component tells of itself.</summary>
    /// <param name="role">A role whose version stands in <c>config/versions.yaml</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<string> VersionAsync(Role role, CancellationToken cancellationToken) =>
        Configured(role).VersionAsync(this, cancellationToken);

    /// <summary>The component that plays a role here.</summary>
    internal Component ComponentOf(Role role) => ComponentList.Of(role, Description.Broker);

    /// <summary>One node of the Redis cluster, through the client that follows it.</summary>
    /// <exception cref="RedisException">It does not run, or the cluster tells its client nothing of it (yet).</exception>
    public async Task<IServer> RedisServerAsync(StackInstance node)
    {
        var client = await redis.Value.ConfigureAwait(false);
        var known = await RedisEndpointsAsync(CancellationToken.None).ConfigureAwait(false);
        if (!known.TryGetValue(node.Name, out var now))
            throw Unreachable(LinkControl.Find(this, InstanceRole.Redis) is null ? "does not run" : "does not run, or its link does not");
        if (Known() is { } found)
            return found;
        // It may have come back under another address, of which the client learns when it looks for the nodes the next time.
        await client.ConfigureAsync().ConfigureAwait(false);
        return Known() ?? throw Unreachable("is at an address of which the cluster tells its client nothing (yet)");

        IServer? Known() => client.GetServers().FirstOrDefault(server => server.EndPoint.Equals(now));

        RedisConnectionException Unreachable(string why) =>
            new(ConnectionFailureType.UnableToConnect, CommandFlags.None, $"{node.Name} {why}.");
    }

    /// <summary>Where the cluster and its clients know each node of Redis to be now, by its name: at its own address inside the network, or
    /// at the link before it. One that does not run, or whose link does not, is nowhere.</summary>
    public Task<IReadOnlyDictionary<string, IPEndPoint>> RedisEndpointsAsync(CancellationToken cancellationToken) =>
        AddressesOfRedis().NowAsync(cancellationToken);

    /// <summary>Asks a node of Redis for a PONG by the link that leads to it, over a connection of its own. Any answer is one.</summary>
    /// <param name="link">The link to Redis.</param>
    /// <param name="node">The node.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How long it took, with the connecting.</returns>
    /// <exception cref="IOException">The connection ended without an answer.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">There is no connection.</exception>
    public async Task<TimeSpan> PingRedisAsync(StackInstance link, StackInstance node, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(node);
        var (host, port) = (
            await Control.EndpointAsync(link, AddressesOfRedis().PortAtLink(node), cancellationToken).ConfigureAwait(false)
        ).HostAndPort();
        var since = Stopwatch.GetTimestamp();
        await RedisProbe.AnswerAsync(host, port, new RedisCredentials(Secrets).Password, "PING", cancellationToken).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(since);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (redis.IsValueCreated && redis.Value.IsCompletedSuccessfully)
            await (await redis.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        await Control.DisposeAsync().ConfigureAwait(false);
    }

    private RedisAddresses AddressesOfRedis() =>
        new([.. Instances(InstanceRole.Redis)], LinkControl.Find(this, InstanceRole.Redis), Control);

    private static StackInstance Only(IEnumerable<StackInstance> instances, string what, string instead) =>
        instances.ToList() is var found && found is [var only]
            ? only
            : throw new InvalidOperationException(
                $"The stack has {found.Count} of the {what}, and one is meant ({string.Join(", ", found.Select(each => each.Name))}). Ask for {instead}."
            );

    private ConfiguredComponent Configured(Role role) =>
        ComponentOf(role) as ConfiguredComponent
        ?? throw new ArgumentException($"config/ holds no settings and no version of {role}.", nameof(role));

    /// <summary>The description with an open port for each that nobody holds open.</summary>
    private static async Task<StackDescription> OpenedAsync(
        StackDescription description,
        IStackControl control,
        CancellationToken cancellationToken
    )
    {
        var instances = new List<StackInstance>();
        foreach (var instance in description.Instances)
        {
            var ports = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (port, address) in instance.Ports)
                ports[port] =
                    address == StackInstance.NotOpened
                        ? await OpenAsync(instance, int.Parse(port, CultureInfo.InvariantCulture)).ConfigureAwait(false)
                        : address;
            instances.Add(instance with { Ports = ports });
        }

        return description with
        {
            Instances = instances,
        };

        async Task<string> OpenAsync(StackInstance instance, int port)
        {
            var (host, open) = (await control.EndpointAsync(instance, port, cancellationToken).ConfigureAwait(false)).HostAndPort();
            return $"{host}:{open}";
        }
    }

    /// <summary>Nothing that is sent over the session changes anything, whoever sends it.</summary>
    private static async Task ReadOnlyAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = "SET SESSION TRANSACTION READ ONLY";
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<ConnectionMultiplexer> ConnectRedisAsync()
    {
        var nodes = Instances(InstanceRole.Redis).ToList();
        var options = new ConfigurationOptions
        {
            Password = new RedisCredentials(Secrets).Password,
            AbortOnConnectFail = false,
            // Faults and CONFIG GET are commands of administrators.
            AllowAdmin = true,
            ConnectTimeout = 5000,
            AsyncTimeout = 5000,
            Tunnel = new RedisTunnel(nodes, LinkControl.Find(this, InstanceRole.Redis), Control),
        };
        var addresses = AddressesOfRedis();
        var known = await addresses.NowAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var (name, host, port) in addresses.AtStart())
            options.EndPoints.Add(known.TryGetValue(name, out var now) ? $"{now.Address}" : host, port);
        return await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
    }
}
