using DotNet.Testcontainers.Builders;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Exporters;

/// <summary>The exporter of MySQL: asks each instance that Prometheus names, as the services' user.</summary>
internal sealed class MySqlExporterComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 9104;

    /// <inheritdoc />
    public override Role Role => WatchingRole.MySqlExporter;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around)
    {
        var credentials = new MySqlCredentials(around.Secrets);
        return builder
            .WithEnvironment("MYSQLD_EXPORTER_PASSWORD", credentials.Password)
            // What the services' user has no right to see.
            .WithCommand(
                $"--mysqld.username={credentials.User}",
                "--no-collect.slave_status",
                "--no-collect.info_schema.innodb_cmp",
                "--no-collect.info_schema.innodb_cmpmem"
            );
    }
}
