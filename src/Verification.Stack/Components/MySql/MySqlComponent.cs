using System.Text;
using DotNet.Testcontainers.Builders;
using MySqlConnector;
using Testcontainers.MySql;
using Verification.Stack.Readiness;
using Verification.Stack.Settings;

namespace Verification.Stack.Components.MySql;

/// <summary>MySQL with the configuration of <c>config/mysql/</c>.</summary>
internal sealed class MySqlComponent : ConfiguredComponent
{
    /// <summary>Its port inside.</summary>
    public const int Port = MySqlBuilder.MySqlPort;

    // The official image includes this folder last. What only the test's small machine needs follows the behaviour.
    private const string ConfigurationFile = "/etc/mysql/conf.d/verification.cnf";
    private const string Sizing = "\n[mysqld]\nperformance_schema=OFF\ninnodb_buffer_pool_size=64M\ninnodb_log_buffer_size=4M\n";
    private static readonly ConfigFile File = new("my.cnf", ConfigFormat.Lines);

    /// <inheritdoc />
    public override string Name => "mysql";

    /// <inheritdoc />
    public override Role Role => InstanceRole.Mysql;

    /// <inheritdoc />
    public override IReadOnlyList<int> Ports => [Port];

    /// <inheritdoc />
    public override IReadOnlyList<Credential> Credentials => MySqlCredentials.Wanted;

    /// <inheritdoc />
    public override string DataFolder => "/var/lib/mysql";

    /// <inheritdoc />
    public override IReadOnlyList<ConfigFile> Configuration => [File];

    /// <summary>How to connect as the services' user, without a pool.</summary>
    public static MySqlConnectionStringBuilder Options(string host, int port, Secrets secrets)
    {
        var credentials = new MySqlCredentials(secrets);
        return new MySqlConnectionStringBuilder
        {
            Server = host,
            Port = (uint)port,
            UserID = credentials.User,
            Password = credentials.Password,
            Database = credentials.Database,
            ConnectionTimeout = 5,
            DefaultCommandTimeout = 10,
            Pooling = false,
        };
    }

    /// <inheritdoc />
    public override async Task<string> VersionAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        var versions = new List<string>();
        foreach (var instance in stack.Instances(Role))
        {
            var connection = await stack.MySqlAsync(instance, cancellationToken).ConfigureAwait(false);
            await using var disposal = connection.ConfigureAwait(false);
            versions.Add(connection.ServerVersion);
        }

        return string.Join(" and ", versions.Distinct());
    }

    /// <inheritdoc />
    public override async Task<SettingsComparison> CompareSettingsAsync(AttachedStack stack, string config, CancellationToken cancellationToken)
    {
        var comparisons = new List<SettingsComparison>();
        foreach (var instance in stack.Instances(Role))
        {
            var connection = await stack.MySqlAsync(instance, cancellationToken).ConfigureAwait(false);
            await using var disposal = connection.ConfigureAwait(false);
            comparisons.Add(await MySqlSettings.CompareAsync(PathOf(File, config), instance.Name, connection, cancellationToken).ConfigureAwait(false));
        }

        return SettingsComparison.Of(comparisons);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<EffectiveSettings>> TellSettingsAsync(AttachedStack stack, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var told = new List<EffectiveSettings>();
        foreach (var instance in stack.Instances(Role))
        {
            var connection = await stack.MySqlAsync(instance, cancellationToken).ConfigureAwait(false);
            await using var disposal = connection.ConfigureAwait(false);
            told.Add(new EffectiveSettings(instance.Name, await MySqlSettings.ToldAsync(connection, cancellationToken).ConfigureAwait(false)));
        }

        return told;
    }

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var credentials = new MySqlCredentials(around.Secrets);
        var options = Options(InstancePlace.Loopback, place.Ports[Port], around.Secrets);
        options.ConnectionTimeout = 2;
        var ready = new UntilAnswers($"answers SELECT 1 to {credentials.User}", async _ =>
        {
            var client = new MySqlConnection(options.ConnectionString);
            await using var disposal = client.ConfigureAwait(false);
            await client.OpenAsync().ConfigureAwait(false);
        });
        var configuration = System.IO.File.ReadAllText(PathOf(File, around.Root.Config)) + Sizing;
        var builder = place.Apply(new MySqlBuilder(image))
            .WithDatabase(credentials.Database)
            .WithUsername(credentials.User)
            .WithPassword(credentials.Password)
            .WithEnvironment("MYSQL_ROOT_PASSWORD", credentials.RootPassword)
            .WithResourceMapping(Encoding.UTF8.GetBytes(configuration), ConfigurationFile)
            // The module's callback writes a client configuration that nobody here reads.
            .WithStartupCallback((_, _) => Task.CompletedTask)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }
}
