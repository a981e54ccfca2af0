using System.Diagnostics;
using System.Net.Sockets;
using Dapper;
using MySqlConnector;
using Verification.Stack;
using Verification.Stomp;

namespace Verification.Chaos.Faults;

/// <summary>Asks one question through a link, as a service does, over a connection of its own.</summary>
/// <param name="stack">The stack.</param>
/// <param name="link">The link.</param>
internal sealed class LinkProbe(AttachedStack stack, StackInstance link)
{
    /// <summary>How long an answer is awaited: longer than any latency that is asked for, a few round trips of it included.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks.</summary>
    public async Task<LinkAnswer> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return new LinkAnswer(await AnswerAsync(limit.Token).ConfigureAwait(false), null);
        }
        catch (Exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new LinkAnswer(null, null);
        }
        catch (Exception e) when (e is MySqlException or StompException or IOException or SocketException)
        {
            return new LinkAnswer(null, e.Message);
        }
    }

    private Task<TimeSpan> AnswerAsync(CancellationToken cancellationToken) =>
        link.Carries == InstanceRole.Mysql ? OfMySqlAsync(cancellationToken) : OfBrokerAsync(cancellationToken);

    private async Task<TimeSpan> OfMySqlAsync(CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(stack.MySqlOptions(link).ConnectionString);
        await using var disposal = connection.ConfigureAwait(false);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        var since = Stopwatch.GetTimestamp();
        await connection
            .ExecuteScalarAsync<long>(new CommandDefinition("SELECT 1", cancellationToken: cancellationToken))
            .ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(since);
    }

    private async Task<TimeSpan> OfBrokerAsync(CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        var connection = await StompClient
            .ConnectAsync(stack.BrokerOptions(link) with { ConnectTimeout = Patience * 2 }, cancellationToken)
            .ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(since);
        connection.Abort();
        await connection.DisposeAsync().ConfigureAwait(false);
        return took;
    }
}
