using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>Asks MySQL where it runs, as its administrator.</summary>
internal static class MySqlInside
{
    /// <summary>What it answers to a statement.</summary>
    /// <exception cref="InvalidOperationException">The server refuses, or does not answer.</exception>
    public static async Task<string> AskMySqlAsync(
        this IStackControl control,
        StackInstance mysql,
        string sql,
        CancellationToken cancellationToken
    )
    {
        var ended = await control
            .ExecAsync(
                mysql,
                ["sh", "-c", "MYSQL_PWD=$MYSQL_ROOT_PASSWORD exec mysql --user=root --execute=\"$1\"", "mysql", sql],
                cancellationToken
            )
            .ConfigureAwait(false);
        return ended.ExitCode == 0
            ? ended.Output.Trim()
            : throw new InvalidOperationException($"{sql} at {mysql.Name}: {ended.Error.Trim()}");
    }
}
