using Dapper;
using MySqlConnector;

namespace Verification.Stack.Components.MySql;

/// <summary>The rights of the services' user to anything but the rows of its database: to make, change and remove tables, above all.
/// Production gives them to nobody who serves, and makes the table before (<c>charts/schema</c>): a service whose description says
/// <c>ddlRights: false</c> has none of them from its start on. Who rolls out a release, or rehearses what somebody does to a table, has
/// them lent meanwhile.</summary>
public sealed class TableRights : IAsyncDisposable
{
    /// <summary>All that there is to be had of a database but its rows.</summary>
    internal const string BeyondRows =
        "CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, EXECUTE, EVENT, TRIGGER, LOCK TABLES, CREATE TEMPORARY TABLES";

    /// <summary>What makes the table, as it is deployed.</summary>
    internal static readonly ConfigFile Statements = new("schema.sql", ConfigFormat.Whole);

    /// <summary>What runs that in a cluster, and gives each account its rights.</summary>
    internal static readonly ConfigFile Program = new("schema", ConfigFormat.Whole);

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
        var had = await AreHadAsync(administrator, stack.Secrets, cancellationToken).ConfigureAwait(false);
        if (!had)
            await administrator
                .ExecuteAsync(
                    new CommandDefinition(
                        $"GRANT {BeyondRows} ON {TablesOf(stack.Secrets)} TO {UserOf(stack.Secrets)}",
                        cancellationToken: cancellationToken
                    )
                )
                .ConfigureAwait(false);
        return new TableRights(stack, !had);
    }

    /// <summary>Makes the table that is not there, where the services may not.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it is there now; false where it is left to the services.</returns>
    /// <exception cref="Control.StackProtectedException">The stack may not be changed.</exception>
    public static async Task<bool> MakeTableAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var administrator = await AdministratorAsync(stack, cancellationToken).ConfigureAwait(false);
        await using var disposal = administrator.ConfigureAwait(false);
        if (await AreHadAsync(administrator, stack.Secrets, cancellationToken).ConfigureAwait(false))
            return false;
        await RunStatementsAsync(administrator, RootOf(stack), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes back what was lent, and makes the table anew, which is not there: whoever starts behind it finds both as they were at
    /// first. Where nothing was lent a Server makes it, as ever.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ReturnWithTableAsync(CancellationToken cancellationToken)
    {
        if (!lent)
            return;
        var administrator = await AdministratorAsync(stack, cancellationToken).ConfigureAwait(false);
        await using var disposal = administrator.ConfigureAwait(false);
        await RunStatementsAsync(administrator, RootOf(stack), cancellationToken).ConfigureAwait(false);
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

    /// <summary>Makes the table in a stack that is being started, and leaves the services' user the rights to its rows.</summary>
    /// <param name="root">The project whose table it is.</param>
    /// <param name="mysql">The server that takes writes.</param>
    /// <param name="secrets">The credentials of the stack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MySqlException">MySQL refuses.</exception>
    internal static async Task TakeAsync(ProjectRoot root, StackComponent mysql, Secrets secrets, CancellationToken cancellationToken)
    {
        var administrator = new MySqlConnection(
            MySqlComponent.AdministratorOptions(InstancePlace.Loopback, mysql.Ports[MySqlComponent.Port], secrets).ConnectionString
        );
        await using var disposal = administrator.ConfigureAwait(false);
        await administrator.OpenAsync(cancellationToken).ConfigureAwait(false);
        await RunStatementsAsync(administrator, root, cancellationToken).ConfigureAwait(false);
        await RevokeAsync(administrator, secrets, cancellationToken).ConfigureAwait(false);
    }

    private static async Task RunStatementsAsync(MySqlConnection administrator, ProjectRoot root, CancellationToken cancellationToken)
    {
        var file = Path.Combine(root.Config, "mysql", Statements.Name);
        var statements = await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        await administrator.ExecuteAsync(new CommandDefinition(statements, cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    private static Task<bool> AreHadAsync(MySqlConnection administrator, Secrets secrets, CancellationToken cancellationToken) =>
        administrator.ExecuteScalarAsync<bool>(
            new CommandDefinition(
                "SELECT COUNT(*) FROM information_schema.SCHEMA_PRIVILEGES WHERE TABLE_SCHEMA = DATABASE() AND GRANTEE = @user AND PRIVILEGE_TYPE = 'CREATE'",
                new { user = UserOf(secrets) },
                cancellationToken: cancellationToken
            )
        );

    private static Task RevokeAsync(MySqlConnection administrator, Secrets secrets, CancellationToken cancellationToken) =>
        administrator.ExecuteAsync(
            new CommandDefinition(
                $"REVOKE IF EXISTS {BeyondRows} ON {TablesOf(secrets)} FROM {UserOf(secrets)}",
                cancellationToken: cancellationToken
            )
        );

    private static async Task<MySqlConnection> AdministratorAsync(AttachedStack stack, CancellationToken cancellationToken) =>
        await stack
            .AdministratorAsync(await stack.PrimaryAsync(InstanceRole.Mysql, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    private static ProjectRoot RootOf(AttachedStack stack) => new(stack.Description.Project);

    private static string TablesOf(Secrets secrets) => $"`{new MySqlCredentials(secrets).Database}`.*";

    private static string UserOf(Secrets secrets) => $"'{new MySqlCredentials(secrets).User}'@'%'";
}
