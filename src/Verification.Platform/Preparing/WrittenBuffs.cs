using Dapper;
using MySqlConnector;
using Verification.Stack;

namespace Verification.Platform;

/// <summary>What a run has written into a platform that is not its own.</summary>
public static class WrittenBuffs
{
    private const string Credential = "mysql-password";

    /// <summary>Takes the buffs of a run out of the listing. It is the one thing that is changed in a platform that may not be changed, and
    /// these rows are the run's own.</summary>
    /// <param name="stack">The platform.</param>
    /// <param name="mark">The mark of the run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many; null where the stack gives no credential of its database.</returns>
    /// <exception cref="MySqlException">MySQL can't be reached, or refuses.</exception>
    public static async Task<int?> TakeOutAsync(AttachedStack stack, string mark, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        if (!stack.Description.Credentials.ContainsKey(Credential))
            return null;
        var connection = new MySqlConnection(
            stack.MySqlOptions(await stack.PrimaryAsync(InstanceRole.Mysql, cancellationToken).ConfigureAwait(false)).ConnectionString
        );
        await using var disposal = connection.ConfigureAwait(false);
        return await connection
            .ExecuteAsync(
                new CommandDefinition(
                    "UPDATE buffs SET deleted_at = UTC_TIMESTAMP(3) WHERE deleted_at IS NULL AND INSTR(question, @mark) > 0",
                    new { mark },
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
    }
}
