using Verification.Stomp;

namespace Verification.Stack.Components.Brokers;

/// <summary>Questions over STOMP that are answered in a queue, one after the other.</summary>
/// <param name="connection">The connection, ended with the dialog.</param>
/// <param name="answers">Where the answers come.</param>
/// <param name="replyTo">Name of the queue of answers.</param>
internal sealed class ManagementDialog(StompConnection connection, StompSubscription answers, string replyTo) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What the broker said it is when it was connected to, such as <c>ActiveMQ/5.17.6</c>.</summary>
    public string Server => connection.Server ?? string.Empty;

    public static async Task<ManagementDialog> OpenAsync(
        StompOptions options,
        string replyTo,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken
    )
    {
        var connection = await StompClient.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        try
        {
            return new ManagementDialog(
                connection,
                await connection
                    .SubscribeAsync(replyTo, StompAcknowledge.Auto, headers, capacity: 16, cancellationToken)
                    .ConfigureAwait(false),
                replyTo
            );
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Asks, and gives the answer's message.</summary>
    /// <exception cref="TimeoutException">No answer came within 5 s.</exception>
    public async Task<StompMessage> AskAsync(
        string destination,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        var question = $"{Guid.NewGuid():N}";
        await connection
            .SendAsync(destination, body, [.. headers, new("reply-to", replyTo), new("correlation-id", question)], cancellationToken)
            .ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await foreach (var answer in answers.WithCancellation(limit.Token).ConfigureAwait(false))
            {
                // An answer to somebody who gave up waiting may lie there still.
                if (answer.Headers["correlation-id"] is not { } asked || asked == question)
                    return answer;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Told below.
        }

        throw new TimeoutException($"The broker did not answer a question to {destination} within {Patience.TotalSeconds:0} s.");
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
