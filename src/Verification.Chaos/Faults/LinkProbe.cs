using System.Diagnostics;
using System.Net.Sockets;
using Dapper;
using MySqlConnector;
using Verification.Stack;
using Verification.Stomp;

namespace Verification.Chaos.Faults;

/// <summary>Asks one question by each way that leads through a link, as a service does, over a connection of its own.</summary>
/// <param name="stack">The stack.</param>
/// <param name="link">The link.</param>
/// <param name="to">The node of Redis that alone is asked; null for all that the link leads to.</param>
internal sealed class LinkProbe(AttachedStack stack, StackInstance link, StackInstance? to)
{
    /// <summary>How long an answer is awaited: longer than any latency that is asked for, a few round trips of it included.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks.</summary>
    public async Task<IReadOnlyList<LinkAnswer>> AskAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(Questions().Select(question => AskAsync(question, cancellationToken))).ConfigureAwait(false);

    private static async Task<LinkAnswer> AskAsync(Func<CancellationToken, Task<TimeSpan>> question, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return new LinkAnswer(await question(limit.Token).ConfigureAwait(false), null);
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

    private IReadOnlyList<Func<CancellationToken, Task<TimeSpan>>> Questions()
    {
        if (link.Carries == InstanceRole.Mysql)
            return [OfMySqlAsync];
        if (link.Carries == InstanceRole.Broker)
            return [OfBrokerAsync];
        IEnumerable<StackInstance> nodes = to is null ? stack.Instances(InstanceRole.Redis) : [to];
        return [.. nodes.Select(OfRedis)];
    }

    private Func<CancellationToken, Task<TimeSpan>> OfRedis(StackInstance node) =>
        cancellationToken => stack.PingRedisAsync(link, node, cancellationToken);

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
