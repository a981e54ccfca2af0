using System.Text.Json;
using Verification.Stack.Components.Brokers;
using Verification.Stomp;

namespace Verification.Platform;

/// <summary>What lies in a queue of the broker.</summary>
public static class QueuedMessages
{
    private const int Capacity = 4096;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Takes out all that lies in a queue when it is called.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="queue">The queue: one that nobody takes from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<QueuedMessage>> TakeAsync(StompOptions broker, string queue, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Deadline);
        await using var connection = await BrokerConnections.ConnectAsync(broker, limit.Token);
        // A message of ours stands behind all the others: where it comes, there are no more.
        var last = Guid.NewGuid().ToString("N");
        try
        {
            await connection.SendAsync(queue, default, [new("persistent", "true"), new("last", last)], limit.Token);
        }
        catch (StompErrorException)
        {
            // The broker has no such queue: nothing lies in it.
            return [];
        }

        await using var subscription = await connection.SubscribeAsync(
            queue,
            StompAcknowledge.ClientIndividual,
            null,
            Capacity,
            limit.Token
        );
        var taken = new List<QueuedMessage>();
        await foreach (var message in subscription.WithCancellation(limit.Token))
        {
            await connection.AckAsync(message, limit.Token);
            if (message.Headers["last"] == last)
                break;
            taken.Add(new QueuedMessage(message.Body.ToArray(), message.Headers["cause"], message.Headers["persistent"] == "true"));
        }

        return taken;
    }
}

/// <summary>A message as it lay in a queue.</summary>
/// <param name="Body">Its body.</param>
/// <param name="Cause">Why it lies among the dead letters, as its header says; null where it says nothing.</param>
/// <param name="Persistent">Whether it survives the broker's end, as its header says.</param>
public sealed record QueuedMessage(byte[] Body, string? Cause, bool Persistent)
{
    /// <summary>Its question; null where it has none.</summary>
    public string? Question => Read(root => root.GetProperty("question").GetString());

    /// <summary>Whether it is the message of a buff, to the letter.</summary>
    public bool Says(string question, IReadOnlyList<string> answers) =>
        question == Question
        && Read(root => root.GetProperty("answers").EnumerateArray().Select(answer => answer.GetString()).ToList()) is { } said
        && said.SequenceEqual(answers, StringComparer.Ordinal);

    private T? Read<T>(Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
