using Dapper;
using MySqlConnector;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.MySql;

/// <summary>The rights of the services' user to make, change and remove tables. Production gives them to nobody who serves: a service whose
/// description says <c>ddlRights: false</c> must do without, once its table is there. Who rolls out a release, or rehearses what somebody
/// does to a table, has them lent meanwhile.</summary>
public sealed class TableRights : IAsyncDisposable
{
    private const string Rights = "CREATE, ALTER, DROP, INDEX, REFERENCES";
    private static readonly TimeSpan TableDeadline = TimeSpan.FromSeconds(30);
    private readonly AttachedStack stack;
    private bool lent;

    private TableRights(AttachedStack stack, bool lent) => (this.stack, this.lent) = (stack, lent);

    /// <summary>Lends them, until disposed; whoever has them keeps them.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Control.StackProtectedException">The stack may not be changed.</exception>
    public static async Task<TableRights> LendAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var administrator = await AdministratorAsync(stack, cancellationToken).ConfigureAwait(false);
        await using var disposal = administrator.ConfigureAwait(false);
        var had = await administrator
            .ExecuteScalarAsync<bool>(
                new CommandDefinition(
                    "SELECT COUNT(*) FROM information_schema.SCHEMA_PRIVILEGES WHERE TABLE_SCHEMA = DATABASE() AND GRANTEE = @user AND PRIVILEGE_TYPE = 'CREATE'",
                    new { user = UserOf(stack.Secrets) },
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
        if (!had)
            await administrator
                .ExecuteAsync(
                    new CommandDefinition(
                        $"GRANT {Rights} ON {TablesOf(stack.Secrets)} TO {UserOf(stack.Secrets)}",
                        cancellationToken: cancellationToken
                    )
                )
                .ConfigureAwait(false);
        return new TableRights(stack, !had);
    }

    /// <summary>Takes back what was lent, once a Server that has just been started has made the table anew.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">The table does not come.</exception>
    public async Task ReturnOnceMadeAsync(CancellationToken cancellationToken)
    {
        if (!lent)
            return;
        var administrator = await AdministratorAsync(stack, cancellationToken).ConfigureAwait(false);
        await using var disposal = administrator.ConfigureAwait(false);
        await AwaitTableAsync(administrator, cancellationToken).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!lent)
            return;
        var administrator = await AdministratorAsync(stack, CancellationToken.None).ConfigureAwait(false);
        await using var disposal = administrator.ConfigureAwait(false);
        await RevokeAsync(administrator, stack.Secrets, CancellationToken.None).ConfigureAwait(false);
        lent = false;
    }

    /// <summary>Takes them away in a stack that has just been started, once the table is there.</summary>
    /// <param name="mysql">The server that takes writes.</param>
    /// <param name="secrets">The credentials of the stack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">The table does not come.</exception>
    internal static async Task TakeAsync(StackComponent mysql, Secrets secrets, CancellationToken cancellationToken)
    {
        var administrator = new MySqlConnection(
            MySqlComponent.AdministratorOptions(InstancePlace.Loopback, mysql.Ports[MySqlComponent.Port], secrets).ConnectionString
        );
        await using var disposal = administrator.ConfigureAwait(false);
        await administrator.OpenAsync(cancellationToken).ConfigureAwait(false);
        await AwaitTableAsync(administrator, cancellationToken).ConfigureAwait(false);
        await RevokeAsync(administrator, secrets, cancellationToken).ConfigureAwait(false);
    }

    private static Task AwaitTableAsync(MySqlConnection administrator, CancellationToken cancellationToken) =>
        Eventually.IsTrueAsync(
            "the table buffs is there",
            TableDeadline,
            ct =>
                administrator.ExecuteScalarAsync<bool>(
                    new CommandDefinition(
                        "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'buffs'",
                        cancellationToken: ct
                    )
                ),
            cancellationToken
        );

    private static Task RevokeAsync(MySqlConnection administrator, Secrets secrets, CancellationToken cancellationToken) =>
        administrator.ExecuteAsync(
            new CommandDefinition(
                $"REVOKE IF EXISTS {Rights} ON {TablesOf(secrets)} FROM {UserOf(secrets)}",
                cancellationToken: cancellationToken
            )
        );

    private static async Task<MySqlConnection> AdministratorAsync(AttachedStack stack, CancellationToken cancellationToken) =>
        await stack
            .AdministratorAsync(await stack.PrimaryAsync(InstanceRole.Mysql, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    private static string TablesOf(Secrets secrets) => $"`{new MySqlCredentials(secrets).Database}`.*";

    private static string UserOf(Secrets secrets) => $"'{new MySqlCredentials(secrets).User}'@'%'";
}
