using DotNet.Testcontainers.Builders;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Exporters;

/// <summary>The exporter of MySQL: asks each instance that Prometheus names, as the services' user.</summary>
internal sealed class MySqlExporterComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 9104;

    // What a replica tells of itself: promotion, which is of pairs, gives the services' user the right to see it.
    private const string Replication = "--no-collect.slave_status";

    // What that user has no right to see.
    private static readonly string[] Unseen = ["--no-collect.info_schema.innodb_cmp", "--no-collect.info_schema.innodb_cmpmem"];

    /// <inheritdoc />
    public override Role Role => WatchingRole.MySqlExporter;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around)
    {
        var credentials = new MySqlCredentials(around.Secrets);
        return builder
            .WithEnvironment("MYSQLD_EXPORTER_PASSWORD", credentials.Password)
            .WithCommand([
                $"--mysqld.username={credentials.User}",
                .. around.InstancesOf(InstanceRole.Mysql).Count > 1 ? Unseen : [Replication, .. Unseen],
            ]);
    }
}
