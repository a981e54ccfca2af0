using Verification.Stomp;

namespace Verification.Benchmarks.Stomp;

/// <summary>Counts what lies in the queue by taking it out.</summary>
internal static class QueueCount
{
    private const int Capacity = 10_000;

    /// <summary>Takes all out and demands that it is as many as were sent.</summary>
    /// <exception cref="InvalidDataException">It is another number.</exception>
    /// <exception cref="StompException">The broker ended the conversation.</exception>
    public static async Task ExpectAsync(StompOptions broker, int messages, CancellationToken cancellationToken)
    {
        await using var connection = await StompClient.ConnectAsync(broker, cancellationToken);
        // A message of ours stands behind all the others: where it comes, there are no more.
        await connection.SendAsync(SendLoad.Queue, default, [.. SendLoad.Headers, new("last", "true")], cancellationToken);
        var subscription = await connection.SubscribeAsync(
            SendLoad.Queue,
            StompAcknowledge.Auto,
            headers: null,
            Capacity,
            cancellationToken
        );
        var count = 0;
        await foreach (var message in subscription.WithCancellation(cancellationToken))
        {
            if (message.Headers["last"] is not null)
                break;
            count++;
        }

        if (count != messages)
            throw new InvalidDataException($"{messages} messages were confirmed, and {count} lay in the queue.");
    }
}
