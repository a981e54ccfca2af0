using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MySqlConnector;
using StackExchange.Redis;
using Verification.Stack.Brokers;
using Verification.Objectives;
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
    public StackInstance Instance(InstanceRole role) => Description.Instances.Single(instance => instance.Role == role);

    /// <summary>All instances of a role.</summary>
    public IEnumerable<StackInstance> Instances(InstanceRole role) => Description.Instances.Where(instance => instance.Role == role);

    /// <summary>Address of a service on the host.</summary>
    public static Uri Address(StackInstance service)
    {
        var (host, port) = HostAddress(service, ServiceComponent.Port);
        DirectAddresses.Add(host);
        return new UriBuilder("http", host, port).Uri;
    }

    /// <summary>How to connect to MySQL as the services' user, without a pool.</summary>
    public MySqlConnectionStringBuilder MySqlOptions(StackInstance mysql)
    {
        var (host, port) = HostAddress(mysql, MySqlComponent.Port);
        return new MySqlConnectionStringBuilder
        {
            Server = host,
            Port = (uint)port,
            UserID = Secrets.MysqlUser,
            Password = Secrets.MysqlPassword,
            Database = Secrets.MysqlDatabase,
            ConnectionTimeout = 5,
            DefaultCommandTimeout = 10,
            Pooling = false,
        };
    }

    /// <summary>How to connect to a broker over STOMP as the services' user.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="tls">Whether over TLS, with trust in the stack's own authority only.</param>
    public StompOptions BrokerOptions(StackInstance broker, bool tls = false)
    {
        var (host, port) = HostAddress(broker, tls ? BrokerPorts.StompTls : BrokerPorts.Stomp);
        return new StompOptions
        {
            Host = host,
            Port = port,
            Login = Secrets.BrokerUser,
            Passcode = Secrets.BrokerPassword,
            HeartBeat = TimeSpan.Zero,
            Tls = tls ? new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = TrustOfTheStack() } : null,
        };
    }

    /// <summary>Host and port of a Redis node.</summary>
    public static IPEndPoint RedisAddress(StackInstance node) => IPEndPoint.Parse(node.Ports[$"{RedisNodeComponent.Port}"]);

    /// <summary>Connects to MySQL as the services' user.</summary>
    public Task<MySqlConnection> MySqlAsync(CancellationToken cancellationToken) => MySqlAsync(Instance(InstanceRole.Mysql), cancellationToken);

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
    public Task<IBrokerManagement> BrokerAsync(CancellationToken cancellationToken) => BrokerAsync(Instance(InstanceRole.Broker), cancellationToken);

    /// <summary>Connects to the means by which a broker, the stack's or one beside it, tells of itself.</summary>
    public async Task<IBrokerManagement> BrokerAsync(StackInstance broker, CancellationToken cancellationToken) => Description.Broker == BrokerKind.Artemis
        ? await ArtemisManagement.OpenAsync(BrokerOptions(broker), cancellationToken).ConfigureAwait(false)
        : await ClassicStatistics.OpenAsync(BrokerOptions(broker), cancellationToken).ConfigureAwait(false);

    /// <summary>Holds the effective settings of a role's instances against a configuration folder.</summary>
    /// <param name="role">MySQL, Redis or the broker.</param>
    /// <param name="config">The folder, <c>config/</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SettingsComparison> CompareSettingsAsync(InstanceRole role, string config, CancellationToken cancellationToken)
    {
        switch (role)
        {
            case InstanceRole.Mysql:
                var mysql = await MySqlAsync(cancellationToken).ConfigureAwait(false);
                await using (mysql.ConfigureAwait(false))
                    return await MySqlSettings.CompareAsync(Path.Combine(config, "mysql", "my.cnf"), mysql, cancellationToken).ConfigureAwait(false);
            case InstanceRole.Redis:
                var file = Path.Combine(config, "redis", "redis.conf");
                var servers = (await redis.Value.ConfigureAwait(false)).GetServers();
                return SettingsComparison.Of(await Task.WhenAll(Instances(role).Select(node => RedisSettings.CompareAsync(file, node.Name, servers.Single(server => Serves(node, server))))).ConfigureAwait(false));
            case InstanceRole.Broker:
                var broker = await BrokerAsync(cancellationToken).ConfigureAwait(false);
                await using (broker.ConfigureAwait(false))
                {
                    return broker is ArtemisManagement artemis
                        ? await ArtemisSettings.CompareAsync(Path.Combine(config, "artemis", "broker.xml"), artemis, cancellationToken).ConfigureAwait(false)
                        : await ClassicSettings.CompareAsync(Path.Combine(config, "classic", "activemq.xml"), (ClassicStatistics)broker, cancellationToken).ConfigureAwait(false);
                }

            default:
                throw new ArgumentException($"{role} has no settings in config/.", nameof(role));
        }
    }

    /// <summary>The version that a running component tells of itself.</summary>
    /// <param name="role">MySQL, Redis or the broker.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string> VersionAsync(InstanceRole role, CancellationToken cancellationToken)
    {
        switch (role)
        {
            case InstanceRole.Mysql:
                var mysql = await MySqlAsync(cancellationToken).ConfigureAwait(false);
                await using (mysql.ConfigureAwait(false))
                    return mysql.ServerVersion;
            case InstanceRole.Redis:
                return string.Join(" and ", (await redis.Value.ConfigureAwait(false)).GetServers().Where(server => server.IsConnected).Select(server => $"{server.Version}").Distinct());
            case InstanceRole.Broker:
                var broker = await BrokerAsync(cancellationToken).ConfigureAwait(false);
                await using (broker.ConfigureAwait(false))
                    return await broker.VersionAsync(cancellationToken).ConfigureAwait(false);
            default:
                throw new ArgumentException($"config/versions.yaml holds no version of {role}.", nameof(role));
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (redis.IsValueCreated && redis.Value.IsCompletedSuccessfully)
            await (await redis.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        Engine.Dispose();
    }

    private static (string Host, int Port) HostAddress(StackInstance instance, int insidePort)
    {
        var address = instance.Ports[$"{insidePort}"];
        var colon = address.LastIndexOf(':');
        return (address[..colon], int.Parse(address[(colon + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Nothing that is sent over the session changes anything, whoever sends it.</summary>
    private static async Task ReadOnlyAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = "SET SESSION TRANSACTION READ ONLY";
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool Serves(StackInstance node, IServer server) => server.EndPoint is IPEndPoint address && address.Address.ToString() == node.Inside;

    private X509ChainPolicy TrustOfTheStack() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509Certificate2.CreateFromPem(Secrets.BrokerAuthority) },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private ConfigurationOptions RedisOptions()
    {
        var options = new ConfigurationOptions
        {
            Password = Secrets.RedisPassword,
            AbortOnConnectFail = false,
            // Faults and CONFIG GET are commands of administrators.
            AllowAdmin = true,
            ConnectTimeout = 5000,
            AsyncTimeout = 5000,
            Tunnel = new RedisTunnel(Instances(InstanceRole.Redis)),
        };
        foreach (var node in Instances(InstanceRole.Redis))
            options.EndPoints.Add(node.Inside, RedisNodeComponent.Port);
        return options;
    }
}
