using System.Globalization;
using Dapper;
using MySqlConnector;
using StackExchange.Redis;
using Verification.Stack;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Readiness;
using Verification.Stomp;

namespace Verification.Platform;

/// <summary>What MySQL, Redis and the broker count of their own work. A look costs each of them a question.</summary>
/// <param name="platform">The platform.</param>
public sealed class PlatformCounters(PlatformUnderTest platform) : IAsyncDisposable
{
    /// <summary>Name of the count of statements that MySQL was asked, the look itself among them.</summary>
    public const string Statements = "statements of MySQL a second";

    private MySqlConnection? connection;

    /// <summary>Looks once. What can't be told is left out.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<Counter>> LookAsync(CancellationToken cancellationToken)
    {
        var looks = await Task.WhenAll(
                ToldAsync(() => MySqlAsync(cancellationToken), cancellationToken),
                ToldAsync(RedisAsync, cancellationToken),
                ToldAsync(() => BrokerAsync(cancellationToken), cancellationToken)
            )
            .ConfigureAwait(false);
        return [.. looks.SelectMany(look => look)];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Counter>> MySqlAsync(CancellationToken cancellationToken)
    {
        connection ??= await platform.Stack.MySqlAsync(cancellationToken).ConfigureAwait(false);
        var status = (
            await connection
                .QueryAsync<(string Name, long Value)>(
                    new CommandDefinition(
                        "SHOW GLOBAL STATUS WHERE Variable_name IN ('Questions', 'Threads_connected')",
                        cancellationToken: cancellationToken
                    )
                )
                .ConfigureAwait(false)
        ).ToDictionary(each => each.Name, each => each.Value, StringComparer.Ordinal);
        return
        [
            new Counter(Statements, status["Questions"], Grows: true),
            new Counter("connections of MySQL", status["Threads_connected"], Grows: false),
        ];
    }

    private async Task<IReadOnlyList<Counter>> RedisAsync()
    {
        var nodes = await Task.WhenAll(platform.Stack.Instances(InstanceRole.Redis).Select(ProcessedAsync)).ConfigureAwait(false);
        return [new Counter("commands of Redis a second", nodes.Sum(), Grows: true)];
    }

    private async Task<long> ProcessedAsync(StackInstance node)
    {
        var server = await platform.Stack.RedisServerAsync(node).ConfigureAwait(false);
        var stats = await server.InfoAsync("stats").ConfigureAwait(false);
        var processed = stats.SelectMany(group => group).Single(each => each.Key == "total_commands_processed").Value;
        return long.Parse(processed, CultureInfo.InvariantCulture);
    }

    private async Task<IReadOnlyList<Counter>> BrokerAsync(CancellationToken cancellationToken) =>
        [
            new Counter(
                "messages in the queue",
                await platform.Queue.MessagesAsync(Contract.Queue, cancellationToken).ConfigureAwait(false),
                Grows: false
            ),
        ];

    private static async Task<IReadOnlyList<Counter>> ToldAsync(
        Func<Task<IReadOnlyList<Counter>>> look,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await look().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e
                    is MySqlException
                        or RedisException
                        or StompException
                        or HttpRequestException
                        or IOException
                        or ManagementRefusedException
                        or StateNotSeenException
                        or TimeoutException
                        or InvalidOperationException
            )
        {
            // Who is away, or busy, tells nothing of this second.
            return [];
        }
    }
}

/// <summary>What a component counts.</summary>
/// <param name="Name">What, as it is shown.</param>
/// <param name="Value">How many.</param>
/// <param name="Grows">Whether it is counted since the start, so that the difference of two looks is what counts.</param>
public sealed record Counter(string Name, double Value, bool Grows);
