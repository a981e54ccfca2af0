using System.Net;
using MySqlConnector;
using StackExchange.Redis;
using Verification.Objectives;
using Verification.Stack.Components;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Redis;
using Verification.Stack.Components.Services;
using Verification.Stack.Control;
using Verification.Stack.Engine;
using Verification.Stack.Network;
using Verification.Stack.Settings;
using Verification.Stomp;

namespace Verification.Stack;

/// <summary>A running stack, known by its <c>stack.json</c> alone: its addresses, real clients of its components, and the control over its instances.</summary>
public sealed class AttachedStack : IAsyncDisposable
{
    private readonly Lazy<Task<ConnectionMultiplexer>> redis;

    private AttachedStack(StackDescription description, RunFolder folder, Secrets secrets, DockerEngine engine)
    {
        Folder = folder;
        Description = description;
        Secrets = secrets;
        Engine = engine;
        Control = ProtectedControl.Of(description, new DockerControl(engine));
        redis = new(() => ConnectionMultiplexer.ConnectAsync(RedisOptions()));
    }

    /// <summary>What <c>stack.json</c> says.</summary>
    public StackDescription Description { get; }

    /// <summary>Kill, pause, restart and look into its instances. What would change a stack that may not be changed is refused with <see cref="StackProtectedException"/>.</summary>
    public IStackControl Control { get; }

    /// <summary>Folder of the run that started it.</summary>
    internal RunFolder Folder { get; }

    internal DockerEngine Engine { get; }

    internal Secrets Secrets { get; }

    /// <summary>Attaches to the stack that a file describes.</summary>
    /// <param name="file">A <c>stack.json</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DocumentException">The file or a credential it names cannot be used.</exception>
    /// <exception cref="EngineMissingException">No Docker engine answers.</exception>
    public static async Task<AttachedStack> AttachAsync(string file, CancellationToken cancellationToken)
    {
        var description = StackFile.Read(file);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var secrets = Secrets.Read(description.Credentials, folder);
        return new AttachedStack(description, new RunFolder(folder), secrets, await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Refuses what would change a stack that may not be changed.</summary>
    /// <param name="what">What is about to be done: <c>drop the table</c>.</param>
    /// <exception cref="StackProtectedException">The stack may not be changed.</exception>
    public void RequireDestructive(string what) => Description.RequireDestructive(what);

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

    /// <summary>Where the clients of a role go, from the host: to the one that stands before its instances, or to the only instance.</summary>
    /// <param name="role">The role.</param>
    /// <param name="port">The port inside; null for that of the role's clients.</param>
    /// <exception cref="InvalidOperationException">There is none, or there are several and nothing stands before them.</exception>
    public EndPoint Endpoint(Role role, int? port = null) =>
        Only(Description.Instances.ThatServe(role), $"instance that serves the clients of '{role}'", "Instances or PrimaryAsync").EndpointOf(port ?? ComponentOf(role).Ports[0]);

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
    public static IPEndPoint RedisAddress(StackInstance node) => node.EndpointOf(RedisComponent.Port) as IPEndPoint
        ?? throw new InvalidOperationException($"The address of {node.Name} on the host is a name, and an address is needed.");

    /// <summary>Connects to MySQL as the services' user.</summary>
    public async Task<MySqlConnection> MySqlAsync(CancellationToken cancellationToken) =>
        await MySqlAsync(await PrimaryAsync(InstanceRole.Mysql, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Connects to an instance of MySQL as the services' user.</summary>
    public async Task<MySqlConnection> MySqlAsync(StackInstance mysql, CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(MySqlOptions(mysql).ConnectionString);
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
        await BrokerAsync(await PrimaryAsync(InstanceRole.Broker, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Connects to the means by which a broker, the stack's or one beside it, tells of itself.</summary>
    public Task<IBrokerManagement> BrokerAsync(StackInstance broker, CancellationToken cancellationToken) =>
        ComponentList.Broker(Description.Broker).ManagementAsync(BrokerOptions(broker), cancellationToken);

    /// <summary>Holds the effective settings of a role's instances against a configuration folder.</summary>
    /// <param name="role">A role that is configured by <c>config/</c>.</param>
    /// <param name="config">The folder, <c>config/</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<SettingsComparison> CompareSettingsAsync(Role role, string config, CancellationToken cancellationToken) =>
        Configured(role).CompareSettingsAsync(this, config, cancellationToken);

    /// <summary>The version that a running component tells of itself.</summary>
    /// <param name="role">A role whose version stands in <c>config/versions.yaml</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<string> VersionAsync(Role role, CancellationToken cancellationToken) => Configured(role).VersionAsync(this, cancellationToken);

    /// <summary>The component that plays a role here.</summary>
    internal Component ComponentOf(Role role) => ComponentList.Of(role, Description.Broker);

    /// <summary>One node of the Redis cluster, through the client that follows it.</summary>
    internal async Task<IServer> RedisServerAsync(StackInstance node) => (await redis.Value.ConfigureAwait(false)).GetServers().Single(server => Serves(node, server));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (redis.IsValueCreated && redis.Value.IsCompletedSuccessfully)
            await (await redis.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        Engine.Dispose();
    }

    private static StackInstance Only(IEnumerable<StackInstance> instances, string what, string instead) => instances.ToList() is var found && found is [var only]
        ? only
        : throw new InvalidOperationException($"The stack has {found.Count} of the {what}, and one is meant ({string.Join(", ", found.Select(each => each.Name))}). Ask for {instead}.");

    private ConfiguredComponent Configured(Role role) => ComponentOf(role) as ConfiguredComponent
        ?? throw new ArgumentException($"config/ holds no settings and no version of {role}.", nameof(role));

    /// <summary>Nothing that is sent over the session changes anything, whoever sends it.</summary>
    private static async Task ReadOnlyAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = "SET SESSION TRANSACTION READ ONLY";
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool Serves(StackInstance node, IServer server) => server.EndPoint is IPEndPoint address && address.Address.ToString() == node.Inside;

    private ConfigurationOptions RedisOptions()
    {
        var options = new ConfigurationOptions
        {
            Password = new RedisCredentials(Secrets).Password,
            AbortOnConnectFail = false,
            // Faults and CONFIG GET are commands of administrators.
            AllowAdmin = true,
            ConnectTimeout = 5000,
            AsyncTimeout = 5000,
            Tunnel = new RedisTunnel(Instances(InstanceRole.Redis)),
        };
        foreach (var node in Instances(InstanceRole.Redis))
            options.EndPoints.Add(node.Inside, RedisComponent.Port);
        return options;
    }
}
