using Dapper;
using MySqlConnector;
using Verification.Stack;

namespace Verification.Chaos.Faults;

/// <summary>Most of the connections that MySQL has are taken, and some are left: everybody is still served. With our sessions they are free
/// again, also should this process die.</summary>
public sealed class CrowdFault : IFault
{
    private const double Share = 0.85;
    private readonly AttachedStack stack;
    private readonly StackInstance mysql;
    private readonly List<MySqlConnection> taken = [];
    private readonly List<int> ids = [];

    internal CrowdFault(AttachedStack stack, StackInstance mysql) => (this.stack, this.mysql) = (stack, mysql);

    /// <inheritdoc />
    public string Name => "crowd";

    /// <inheritdoc />
    public string Target => mysql.Name;

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await TakeAsync(cancellationToken).ConfigureAwait(false);
        var wanted = Share * await MostAsync(cancellationToken).ConfigureAwait(false);
        while (taken.Count < wanted)
            await TakeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var connected = await taken[0]
            .QuerySingleAsync<(string Name, long Count)>(
                new CommandDefinition("SHOW GLOBAL STATUS LIKE 'Threads_connected'", cancellationToken: cancellationToken)
            )
            .ConfigureAwait(false);
        var most = await MostAsync(cancellationToken).ConfigureAwait(false);
        return connected.Count >= Share * most ? $"{connected.Count} of {most} connections are taken" : null;
    }

    /// <inheritdoc />
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in taken)
            await connection.DisposeAsync().ConfigureAwait(false);
        taken.Clear();
    }

    /// <inheritdoc />
    public Task<string?> LeftAsync(CancellationToken cancellationToken) => Sessions.LeftAsync(stack, mysql, ids, cancellationToken);

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        taken.Add(await stack.MySqlAsync(mysql, cancellationToken).ConfigureAwait(false));
        ids.Add(taken[^1].ServerThread);
    }

    private Task<long> MostAsync(CancellationToken cancellationToken) =>
        taken[0].QuerySingleAsync<long>(new CommandDefinition("SELECT @@max_connections", cancellationToken: cancellationToken));
}
