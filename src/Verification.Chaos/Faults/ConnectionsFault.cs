using Dapper;
using MySqlConnector;
using Verification.Stack;

namespace Verification.Chaos.Faults;

/// <summary>Every connection that MySQL gives its users is taken, those of the services included. With our sessions they are free again,
/// also should this process die.</summary>
public sealed class ConnectionsFault : IFault
{
    private readonly AttachedStack stack;
    private readonly StackInstance mysql;
    private readonly List<MySqlConnection> taken = [];

    internal ConnectionsFault(AttachedStack stack, StackInstance mysql) => (this.stack, this.mysql) = (stack, mysql);

    /// <inheritdoc />
    public string Name => "connections";

    /// <inheritdoc />
    public string Target => mysql.Name;

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var others = long.MaxValue;
        while (others > 0)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
            others = await EndOthersAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(stack.MySqlOptions(mysql).ConnectionString);
        await using var disposal = connection.ConfigureAwait(false);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.ConnectionCountError)
        {
            return $"MySQL refuses a further connection beside {taken.Count} of ours";
        }
    }

    /// <inheritdoc />
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in taken)
            await connection.DisposeAsync().ConfigureAwait(false);
        taken.Clear();
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = new MySqlConnection(stack.MySqlOptions(mysql).ConnectionString);
            try
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                taken.Add(connection);
            }
            catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.ConnectionCountError)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                return;
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Ends the sessions of others, whose places are then free to take.</summary>
    /// <returns>How many there were.</returns>
    private async Task<long> EndOthersAsync(CancellationToken cancellationToken)
    {
        var own = taken.Select(connection => (ulong)connection.ServerThread).ToHashSet();
        var all = await taken[0]
            .QueryAsync<ulong>(
                new CommandDefinition(
                    "SELECT ID FROM information_schema.PROCESSLIST WHERE USER = SUBSTRING_INDEX(CURRENT_USER(), '@', 1)",
                    cancellationToken: cancellationToken
                )
            )
            .ConfigureAwait(false);
        var others = all.Where(id => !own.Contains(id)).ToList();
        foreach (var other in others)
            await Sessions.EndAsync(taken[0], other, cancellationToken).ConfigureAwait(false);
        return others.Count;
    }
}
