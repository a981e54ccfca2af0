using System.Globalization;
using System.Text;
using Dapper;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using MySqlConnector;
using Testcontainers.MySql;
using Verification.Stack.Readiness;
using Verification.Stack.Settings;

namespace Verification.Stack.Components.MySql;

/// <summary>MySQL with the configuration of <c>config/mysql/</c>. Two of them are a source and its replica.</summary>
internal sealed class MySqlComponent : ConfiguredComponent
{
    /// <summary>Its port inside.</summary>
    public const int Port = MySqlBuilder.MySqlPort;

    // The official image includes this folder last. What only the test's small machine needs follows the behaviour.
    private const string ConfigurationFile = "/etc/mysql/conf.d/verification.cnf";
    private const string Sizing = "\n[mysqld]\nperformance_schema=OFF\ninnodb_buffer_pool_size=64M\ninnodb_log_buffer_size=4M\n";
    private const int MostRestarts = 3;
    private static readonly ConfigFile File = new("my.cnf", ConfigFormat.Lines);
    private static readonly ConfigFile Replication = new("replication.cnf", ConfigFormat.Whole);

    // What each of a pair has for itself, and what is no variable.
    private static readonly IReadOnlyList<string> OwnOfEach = ["server-id", "super-read-only", "plugin-load-add"];

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
    public override IReadOnlyList<ConfigFile> Configuration =>
        [File, Replication, .. MySqlPair.Programs, TableRights.Program, TableRights.Statements];

    /// <inheritdoc />
    internal override GroupStep Together =>
        new(MySqlPair.Step, (servers, _, cancellationToken) => MySqlPair.FormAsync(servers, cancellationToken));

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

    /// <summary>How to connect as the administrator, without a pool.</summary>
    public static MySqlConnectionStringBuilder AdministratorOptions(string host, int port, Secrets secrets)
    {
        var options = Options(host, port, secrets);
        (options.UserID, options.Password) = ("root", new MySqlCredentials(secrets).RootPassword);
        return options;
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
    public override async Task<SettingsComparison> CompareSettingsAsync(
        AttachedStack stack,
        string config,
        CancellationToken cancellationToken
    )
    {
        var comparisons = new List<SettingsComparison>();
        var instances = stack.Instances(Role).ToList();
        var expected = MySqlSettings.Expected(PathOf(File, config)).ToList();
        if (instances.Count > 1)
            expected =
            [
                .. expected.Concat(MySqlSettings.Expected(PathOf(Replication, config))).Where(setting => !OwnOfEach.Contains(setting.Name)),
            ];
        foreach (var instance in instances)
        {
            var connection = await stack.MySqlAsync(instance, cancellationToken).ConfigureAwait(false);
            await using var disposal = connection.ConfigureAwait(false);
            comparisons.Add(await MySqlSettings.CompareAsync(expected, instance.Name, connection, cancellationToken).ConfigureAwait(false));
        }

        return SettingsComparison.Of(comparisons);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<EffectiveSettings>> TellSettingsAsync(
        AttachedStack stack,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var told = new List<EffectiveSettings>();
        foreach (var instance in stack.Instances(Role))
        {
            var connection = await stack.MySqlAsync(instance, cancellationToken).ConfigureAwait(false);
            await using var disposal = connection.ConfigureAwait(false);
            told.Add(
                new EffectiveSettings(instance.Name, await MySqlSettings.ToldAsync(connection, cancellationToken).ConfigureAwait(false))
            );
        }

        return told;
    }

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var credentials = new MySqlCredentials(around.Secrets);
        var options = Options(InstancePlace.Loopback, place.Ports[Port], around.Secrets);
        options.ConnectionTimeout = 2;
        var ready = new UntilAnswers(
            $"answers SELECT 1 to {credentials.User}",
            async _ =>
            {
                var client = new MySqlConnection(options.ConnectionString);
                await using var disposal = client.ConfigureAwait(false);
                await client.OpenAsync().ConfigureAwait(false);
            }
        );
        var instances = around.InstancesOf(Role);
        var isOfPair = place.Addition is null && instances.Count > 1;
        var configuration = System.IO.File.ReadAllText(PathOf(File, around.Root.Config)) + Sizing;
        if (isOfPair)
            configuration += string.Create(
                CultureInfo.InvariantCulture,
                $"{System.IO.File.ReadAllText(PathOf(Replication, around.Root.Config))}\nserver-id={instances.ToList().IndexOf(place.Name) + 1}\n"
            );
        var builder = place
            .Apply(new MySqlBuilder(image))
            .WithDatabase(credentials.Database)
            .WithUsername(credentials.User)
            .WithPassword(credentials.Password)
            .WithEnvironment("MYSQL_ROOT_PASSWORD", credentials.RootPassword)
            .WithResourceMapping(Encoding.UTF8.GetBytes(configuration), ConfigurationFile)
            // The module's callback writes a client configuration that nobody here reads.
            .WithStartupCallback((_, _) => Task.CompletedTask)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(
            place.Name,
            Role,
            (isOfPair ? OfPair(builder, around, credentials) : builder).Build(),
            ready,
            place.Ports
        );
    }

    /// <summary>The one that takes writes.</summary>
    /// <exception cref="IOException">None does.</exception>
    internal override async Task<StackInstance> PrimaryAsync(
        AttachedStack stack,
        IReadOnlyList<StackInstance> instances,
        CancellationToken cancellationToken
    )
    {
        // Who is dead or frozen does not hold up the one that answers.
        using var found = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await foreach (
            var answer in Task.WhenEach(instances.Select(instance => IfWritableAsync(stack, instance, found.Token)))
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            if (await answer.ConfigureAwait(false) is not { } writable)
                continue;
            await found.CancelAsync().ConfigureAwait(false);
            return writable;
        }

        throw new IOException($"None of {string.Join(", ", instances.Select(instance => instance.Name))} takes writes.");
    }

    private static async Task<StackInstance?> IfWritableAsync(
        AttachedStack stack,
        StackInstance instance,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var connection = await stack.MySqlAsync(instance, cancellationToken).ConfigureAwait(false);
            await using var disposal = connection.ConfigureAwait(false);
            return await connection
                .ExecuteScalarAsync<bool>(new CommandDefinition("SELECT @@GLOBAL.read_only", cancellationToken: cancellationToken))
                .ConfigureAwait(false)
                ? null
                : instance;
        }
        catch (Exception e) when (Patience.IsOfTheConnection(e) || e is OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>What a server of a pair has besides: the programs of promotion, and somebody who starts it again once it has cloned its
    /// source.</summary>
    private MySqlBuilder OfPair(MySqlBuilder builder, Surroundings around, MySqlCredentials credentials) =>
        MySqlPair.Programs.Aggregate(
            builder
                .WithEnvironment("MYSQL_REPLICATION_PASSWORD", credentials.ReplicationPassword)
                // A server ends itself for a new start only where it knows of a parent (0, in a container) that sees to it: the engine
                // does, and not after a kill.
                .WithEnvironment("MYSQLD_PARENT_PID", "0")
                .WithCreateParameterModifier(parameters =>
                    parameters.HostConfig!.RestartPolicy = new RestartPolicy
                    {
                        Name = RestartPolicyKind.OnFailure,
                        MaximumRetryCount = MostRestarts,
                    }
                ),
            (next, program) =>
                next.WithResourceMapping(System.IO.File.ReadAllBytes(PathOf(program, around.Root.Config)), MySqlPair.PathOf(program))
        );
}
