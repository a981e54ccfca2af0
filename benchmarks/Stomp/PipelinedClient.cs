using Verification.Stomp;

namespace Verification.Benchmarks.Stomp;

/// <summary>The client under the load: it sends on while receipts are outstanding, up to the window.</summary>
internal static class PipelinedClient
{
    /// <summary>Sends the messages of a load over one connection.</summary>
    /// <exception cref="StompException">The broker did not confirm all.</exception>
    public static async Task<SendFigures> SendAsync(StompOptions broker, SendLoad load, CancellationToken cancellationToken)
    {
        await using var connection = await StompClient.ConnectAsync(broker, cancellationToken);
        var outstanding = new Queue<ValueTask>(SendLoad.Window);
        var measuring = SendMeasuring.Start();
        for (var number = 0; number < load.Messages; number++)
        {
            if (outstanding.Count == SendLoad.Window)
                await outstanding.Dequeue();
#pragma warning disable CA2012 // Each is awaited once, in the order of the sends.
            outstanding.Enqueue(connection.SendAsync(SendLoad.Queue, SendLoad.Body, SendLoad.Headers, cancellationToken));
#pragma warning restore CA2012
        }

        while (outstanding.TryDequeue(out var sending))
            await sending;
        return measuring.Stop(load.Messages);
    }
}
