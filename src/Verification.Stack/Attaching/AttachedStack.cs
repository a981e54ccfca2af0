using MySqlConnector;
using StackExchange.Redis;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Services;
using Verification.Stack.Control;
using Verification.Stack.Engine;

namespace Verification.Stack;

/// <summary>A running stack, known by its <c>stack.json</c> alone: its addresses, real clients of its components, and the control over its instances.</summary>
public sealed class AttachedStack : IAsyncDisposable
{
    private readonly DockerEngine engine;
    private readonly Secrets secrets;
    private readonly Lazy<Task<ConnectionMultiplexer>> redis;

    private AttachedStack(StackDescription description, Secrets secrets, DockerEngine engine)
    {
        Description = description;
        this.secrets = secrets;
        this.engine = engine;
        Control = new DockerControl(engine);
        redis = new(() => ConnectionMultiplexer.ConnectAsync(RedisOptions()));
    }

    /// <summary>What <c>stack.json</c> says.</summary>
    public StackDescription Description { get; }

    /// <summary>Kill, pause, restart and look into its instances.</summary>
    public IStackControl Control { get; }

    /// <summary>Address of the Dashboard on the host.</summary>
    public Uri Dashboard => Http(InstanceRole.Dashboard);

    /// <summary>Address of the Server on the host.</summary>
    public Uri Server => Http(InstanceRole.Server);

    /// <summary>Attaches to the stack that a file describes.</summary>
    /// <param name="file">A <c>stack.json</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Objectives.DocumentException">The file or a credential it names cannot be used.</exception>
    /// <exception cref="EngineMissingException">No Docker engine answers.</exception>
    public static async Task<AttachedStack> AttachAsync(string file, CancellationToken cancellationToken)
    {
        var description = StackFile.Read(file);
        var secrets = Secrets.Read(description.Credentials, Path.GetDirectoryName(Path.GetFullPath(file))!);
        return new AttachedStack(description, secrets, await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The only instance of a role.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public StackInstance Instance(InstanceRole role) => Description.Instances.Single(instance => instance.Role == role);

    /// <summary>All instances of a role.</summary>
    public IEnumerable<StackInstance> Instances(InstanceRole role) => Description.Instances.Where(instance => instance.Role == role);

    /// <summary>Connects to MySQL as the services' user.</summary>
    public async Task<MySqlConnection> MySqlAsync(CancellationToken cancellationToken)
    {
        var (host, port) = HostAddress(Instance(InstanceRole.Mysql), MySqlComponent.Port);
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = host,
            Port = (uint)port,
            UserID = secrets.MysqlUser,
            Password = secrets.MysqlPassword,
            Database = secrets.MysqlDatabase,
            ConnectionTimeout = 5,
            DefaultCommandTimeout = 10,
            Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        return connection;
    }

    /// <summary>The Redis cluster, through a client that follows it: one connection, made at the first call.</summary>
    public async Task<IDatabase> RedisAsync() => (await redis.Value.ConfigureAwait(false)).GetDatabase();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (redis.IsValueCreated && redis.Value.IsCompletedSuccessfully)
            await (await redis.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        engine.Dispose();
    }

    private static (string Host, int Port) HostAddress(StackInstance instance, int insidePort)
    {
        var address = instance.Ports[$"{insidePort}"];
        var colon = address.LastIndexOf(':');
        return (address[..colon], int.Parse(address[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    private Uri Http(InstanceRole role)
    {
        var (host, port) = HostAddress(Instance(role), ServiceComponent.Port);
        return new UriBuilder("http", host, port).Uri;
    }

    private ConfigurationOptions RedisOptions()
    {
        var options = new ConfigurationOptions
        {
            Password = secrets.RedisPassword,
            AbortOnConnectFail = false,
            ConnectTimeout = 5000,
            AsyncTimeout = 5000,
            Tunnel = new RedisTunnel(Instances(InstanceRole.Redis)),
        };
        foreach (var node in Instances(InstanceRole.Redis))
            options.EndPoints.Add(node.Inside, Components.Redis.RedisNodeComponent.Port);
        return options;
    }
}
