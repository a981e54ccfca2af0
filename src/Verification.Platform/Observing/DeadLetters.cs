using System.Text.Json;
using Verification.Stomp;

namespace Verification.Platform;

/// <summary>The queue of what no Server could store.</summary>
public static class DeadLetters
{
    private const string Queue = Contract.DeadLetterQueue;
    private const int Capacity = 4096;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Takes out all that lies in the queue when it is called.</summary>
    public static async Task<IReadOnlyList<DeadLetter>> TakeAsync(StompOptions broker, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Deadline);
        await using var connection = await StompClient.ConnectAsync(broker, limit.Token);
        // A letter of ours stands behind all the others: where it comes, there are no more.
        var last = Guid.NewGuid().ToString("N");
        try
        {
            await connection.SendAsync(Queue, default, [new("persistent", "true"), new("last", last)], limit.Token);
        }
        catch (StompErrorException)
        {
            // The broker has no such queue: nothing lies in it.
            return [];
        }

        await using var subscription = await connection.SubscribeAsync(Queue, StompAcknowledge.ClientIndividual, null, Capacity, limit.Token);
        var letters = new List<DeadLetter>();
        await foreach (var message in subscription.WithCancellation(limit.Token))
        {
            await connection.AckAsync(message, limit.Token);
            if (message.Headers["last"] == last)
                break;
            letters.Add(new DeadLetter(message.Body.ToArray(), message.Headers["cause"]));
        }

        return letters;
    }
}

/// <summary>A message that no Server could store.</summary>
/// <param name="Body">Its body.</param>
/// <param name="Cause">Why it lies there, as its header says; null where it says nothing.</param>
public sealed record DeadLetter(byte[] Body, string? Cause)
{
    /// <summary>Its question; null where it has none.</summary>
    public string? Question
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Body);
                return document.RootElement.GetProperty("question").GetString();
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                return null;
            }
        }
    }
}
