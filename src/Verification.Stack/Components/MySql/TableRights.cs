using Dapper;
using MySqlConnector;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.MySql;

/// <summary>The rights of the services' user to make, change and remove tables. Production gives them to nobody who serves: a service whose
/// description says <c>ddlRights: false</c> must do without, once its table is there.</summary>
public static class TableRights
{
    private const string Rights = "CREATE, ALTER, DROP, INDEX, REFERENCES";
    private static readonly TimeSpan TableDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Gives them: whoever rolls out a release changes tables by an account that may.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Control.StackProtectedException">The stack may not be changed.</exception>
    public static async Task GiveAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        stack.RequireDestructive("give rights to change tables");
        var administrator = await AdministratorAsync(stack, cancellationToken).ConfigureAwait(false);
        await using var disposal = administrator.ConfigureAwait(false);
        await administrator
            .ExecuteAsync(
                new CommandDefinition(
                    $"GRANT {Rights} ON {TablesOf(stack.Secrets)} TO {UserOf(stack.Secrets)}",
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
    }

    /// <summary>Takes them away, once the table is there.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">The table does not come.</exception>
    /// <exception cref="Control.StackProtectedException">The stack may not be changed.</exception>
    public static async Task TakeAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        stack.RequireDestructive("take rights to change tables");
        var administrator = await AdministratorAsync(stack, cancellationToken).ConfigureAwait(false);
        await using var disposal = administrator.ConfigureAwait(false);
        await TakeAsync(administrator, stack.Secrets, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same of a stack that has just been started, on the server that takes writes.</summary>
    /// <exception cref="StateNotSeenException">The table does not come.</exception>
    internal static async Task TakeAsync(StackComponent mysql, Secrets secrets, CancellationToken cancellationToken)
    {
        var administrator = new MySqlConnection(
            MySqlComponent.AdministratorOptions(InstancePlace.Loopback, mysql.Ports[MySqlComponent.Port], secrets).ConnectionString
        );
        await using var disposal = administrator.ConfigureAwait(false);
        await administrator.OpenAsync(cancellationToken).ConfigureAwait(false);
        await TakeAsync(administrator, secrets, cancellationToken).ConfigureAwait(false);
    }

    private static async Task TakeAsync(MySqlConnection administrator, Secrets secrets, CancellationToken cancellationToken)
    {
        await Eventually
            .IsTrueAsync(
                "the table buffs is there",
                TableDeadline,
                async ct =>
                    await administrator
                        .ExecuteScalarAsync<bool>(
                            new CommandDefinition(
                                "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'buffs'",
                                cancellationToken: ct
                            )
                        )
                        .ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);
        await administrator
            .ExecuteAsync(
                new CommandDefinition(
                    $"REVOKE IF EXISTS {Rights} ON {TablesOf(secrets)} FROM {UserOf(secrets)}",
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
    }

    private static async Task<MySqlConnection> AdministratorAsync(AttachedStack stack, CancellationToken cancellationToken) =>
        await stack
            .AdministratorAsync(await stack.PrimaryAsync(InstanceRole.Mysql, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    private static string TablesOf(Secrets secrets) => $"`{new MySqlCredentials(secrets).Database}`.*";

    private static string UserOf(Secrets secrets) => $"'{new MySqlCredentials(secrets).User}'@'%'";
}
