using DotNet.Testcontainers.Builders;
using MySqlConnector;
using Testcontainers.MySql;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.MySql;

/// <summary>MySQL with the configuration of <c>config/mysql/</c>.</summary>
internal static class MySqlComponent
{
    /// <summary>Its port inside.</summary>
    public const int Port = MySqlBuilder.MySqlPort;

    // The official image includes this folder last. What only the test's small machine needs follows the behaviour.
    private const string Configuration = "/etc/mysql/conf.d/verification.cnf";
    private const string Sizing = "\n[mysqld]\nperformance_schema=OFF\ninnodb_buffer_pool_size=64M\ninnodb_log_buffer_size=4M\n";

    public static StackComponent Of(InstancePlace place, string image, ProjectRoot root, Secrets secrets)
    {
        var connection = new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)place.Ports[Port],
            UserID = secrets.MysqlUser,
            Password = secrets.MysqlPassword,
            Database = secrets.MysqlDatabase,
            ConnectionTimeout = 2,
            Pooling = false,
        }.ConnectionString;
        var ready = new UntilAnswers($"answers SELECT 1 to {secrets.MysqlUser}", async _ =>
        {
            var client = new MySqlConnection(connection);
            await using var disposal = client.ConfigureAwait(false);
            await client.OpenAsync().ConfigureAwait(false);
        });
        var configuration = File.ReadAllText(Path.Combine(root.Config, "mysql", "my.cnf")) + Sizing;
        var builder = place.Apply(new MySqlBuilder(image))
            .WithDatabase(secrets.MysqlDatabase)
            .WithUsername(secrets.MysqlUser)
            .WithPassword(secrets.MysqlPassword)
            .WithEnvironment("MYSQL_ROOT_PASSWORD", secrets.MysqlRootPassword)
            .WithResourceMapping(System.Text.Encoding.UTF8.GetBytes(configuration), Configuration)
            // The module's callback writes a client configuration that nobody here reads.
            .WithStartupCallback((_, _) => Task.CompletedTask)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, InstanceRole.Mysql, builder.Build(), ready, place.Ports);
    }
}
