using System.Data;
using MySqlConnector;
using Verification.Stack;

namespace Verification.Chaos.Faults;

/// <summary>Somebody keeps sessions of the account by which HAProxy checks a MySQL server of a pair, which has no password. With our
/// sessions they are free again, also should this process die.</summary>
public sealed class CheckSessionsFault : IFault
{
    private const string Account = "endpoint-check";
    private const int Wanted = 20;
    private readonly AttachedStack stack;
    private readonly StackInstance mysql;
    private readonly List<MySqlConnection> taken = [];
    private readonly List<int> ids = [];

    internal CheckSessionsFault(AttachedStack stack, StackInstance mysql) => (this.stack, this.mysql) = (stack, mysql);

    /// <inheritdoc />
    public string Name => "check-sessions";

    /// <inheritdoc />
    public string Target => mysql.Name;

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var options = stack.MySqlOptions(mysql);
        (options.UserID, options.Password, options.Database) = (Account, string.Empty, string.Empty);
        try
        {
            while (taken.Count < Wanted)
            {
                taken.Add(new MySqlConnection(options.ConnectionString));
                await taken[^1].OpenAsync(cancellationToken).ConfigureAwait(false);
                ids.Add(taken[^1].ServerThread);
            }
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.UserLimitReached)
        {
            // Whoever checks gets none either.
        }
    }

    /// <inheritdoc />
    public Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        Task.FromResult(
            taken.Count(session => session.State == ConnectionState.Open) is var open and > 0
                ? $"{open} sessions of {Account} are taken at {mysql.Name}"
                : null
        );

    /// <inheritdoc />
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        foreach (var session in taken)
            await session.DisposeAsync().ConfigureAwait(false);
        taken.Clear();
    }

    /// <inheritdoc />
    public Task<string?> LeftAsync(CancellationToken cancellationToken) => Sessions.LeftAsync(stack, mysql, ids, cancellationToken);
}
