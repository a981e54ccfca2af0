using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;

namespace Verification.Stomp;

/// <summary>A conversation with a broker. Any number of calls may be under way at once; frames are pipelined.
/// When the conversation ends, by whatever cause, every pending call fails with it.</summary>
public sealed class StompConnection : IAsyncDisposable
{
    // So many calls wait anyway for longer than receipts take to gather: one look for several, not one for each.
    private const int Many = 256;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(2);
    private readonly Stream stream;
    private readonly StompOptions options;
    private readonly StompOutput output;
    private readonly PendingReceipts receipts;
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationToken end;
    private readonly ConcurrentDictionary<string, StompSubscription> subscriptions = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<StompFrame> connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StompException> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task[] loops = [];
    private ITimer? heartBeat;
    private long lastReceived;
    private long lastSubscription;
    private bool heldBack;
    private bool disposed;

    internal StompConnection(Stream stream, string peer, StompOptions options)
    {
        this.stream = stream;
        this.options = options;
        Peer = peer;
        output = new StompOutput(stream, options.Time);
        receipts = new PendingReceipts(peer, options.ReceiptTimeout, options.Time);
        end = ended.Token;
        lastReceived = options.Time.GetTimestamp();
    }

    /// <summary>Host and port of the broker.</summary>
    public string Peer { get; }

    /// <summary>What the broker says it is, such as <c>ActiveMQ-Artemis/2.40.0</c>; null if it says nothing.</summary>
    public string? Server { get; private set; }

    /// <summary>Bytes written and not yet taken by the operating system.</summary>
    internal int Unsent => output.Unsent;

    /// <summary>Completes when the conversation has ended, with the cause.</summary>
    public Task<StompException> Closed => closed.Task;

    /// <summary>Sends a message and waits until the broker confirms that it has it (RECEIPT). Messages go out in the order of the calls.
    /// Where the broker
    /// does not keep up and 1 MiB is unsent, a call first waits for room, as long as a receipt may take. Where 256 calls or more wait,
    /// receipts are looked for
    /// once in 1 ms.</summary>
    /// <param name="destination">Queue, for example <c>buffs</c>.</param>
    /// <param name="body">Body; not to be changed before the call has ended.</param>
    /// <param name="headers">Further headers, such as <c>persistent:true</c>; null for none.</param>
    /// <param name="cancellationToken">Ends the wait; the message may have been sent, unless it was cancelled before the call.</param>
    /// <returns>To be awaited once; <see cref="ValueTask.AsTask"/> for more.</returns>
    /// <exception cref="StompException">The conversation ended, or no receipt came in time: whether the broker has the message is not
    /// known.</exception>
    public ValueTask SendAsync(
        string destination,
        ReadOnlyMemory<byte> body,
        IReadOnlyList<KeyValuePair<string, string>>? headers,
        CancellationToken cancellationToken
    ) =>
        AwaitReceiptAsync(
            StompCommand.Send,
            (destination, body, headers),
            static (writer, frame, receipt) =>
            {
                StompFrameWriter.WriteHeader(writer, "destination", frame.destination);
                WriteAll(writer, frame.headers);
                StompFrameWriter.WriteHeader(writer, "receipt:"u8, receipt);
                StompFrameWriter.WriteBody(writer, frame.body.Span, withLength: true);
            },
            cancellationToken
        );

    /// <summary>Subscribes to a queue.</summary>
    /// <param name="destination">The queue.</param>
    /// <param name="acknowledge">How messages are acknowledged.</param>
    /// <param name="headers">Further headers, such as the broker's prefetch; null for none.</param>
    /// <param name="capacity">How many messages may wait here; beyond that nothing more is read from the broker, receipts neither:
    /// let it be no less
    /// than what the broker may send ahead.</param>
    /// <param name="cancellationToken">Ends the wait for the broker's confirmation.</param>
    /// <exception cref="StompException">The broker refused, or the conversation ended.</exception>
    public async Task<StompSubscription> SubscribeAsync(
        string destination,
        StompAcknowledge acknowledge,
        IReadOnlyList<KeyValuePair<string, string>>? headers,
        int capacity,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = Interlocked.Increment(ref lastSubscription).ToString(CultureInfo.InvariantCulture);
        var subscription = new StompSubscription(this, id, capacity);
        subscriptions[id] = subscription;
        try
        {
            await AwaitReceiptAsync(
                    StompCommand.Subscribe,
                    (id, destination, acknowledge, headers),
                    static (writer, frame, receipt) =>
                    {
                        StompFrameWriter.WriteHeader(writer, "id", frame.id);
                        StompFrameWriter.WriteHeader(writer, "destination", frame.destination);
                        StompFrameWriter.WriteHeader(writer, "ack", frame.acknowledge.Header());
                        WriteAll(writer, frame.headers);
                        StompFrameWriter.WriteHeader(writer, "receipt:"u8, receipt);
                        StompFrameWriter.WriteBody(writer, default, withLength: false);
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            return subscription;
        }
        catch (Exception e)
        {
            subscriptions.TryRemove(id, out _);
            subscription.End(cause: null);
            // The broker may have taken it, and would send what nobody reads. A frame that could not be written it has not seen.
            if (e is StompException or OperationCanceledException)
                Withdraw(id);
            throw;
        }
    }

    /// <summary>Acknowledges a message and waits until the broker confirms it.</summary>
    /// <exception cref="StompException">The conversation ended, or no receipt came in time: the broker may deliver the message
    /// again.</exception>
    public Task AckAsync(StompMessage message, CancellationToken cancellationToken) =>
        AnswerAsync(StompCommand.Ack, message, cancellationToken).AsTask();

    /// <summary>Refuses a message. Brokers differ: Classic redelivers or dead-letters it, Artemis drops it.</summary>
    /// <exception cref="StompException">The conversation ended, or no receipt came in time.</exception>
    public Task NackAsync(StompMessage message, CancellationToken cancellationToken) =>
        AnswerAsync(StompCommand.Nack, message, cancellationToken).AsTask();

    /// <summary>Ends the conversation at once, without a word to a broker that may not answer. What is pending fails.</summary>
    public void Abort() => End(new StompConnectionException($"The connection to {Peer} was aborted by this side."));

    /// <summary>Says DISCONNECT, waits a little for the broker's confirmation, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
            return;
        var cause = new StompConnectionException($"The connection to {Peer} was closed by this side.");
        if (connected.Task.IsCompletedSuccessfully && !closed.Task.IsCompleted)
        {
            // First no more messages, so that a full subscription does not keep the receipt from being read.
            EndSubscriptions(cause);
            await FarewellAsync().ConfigureAwait(false);
        }

        End(cause);
        await released.Task.ConfigureAwait(false);
        foreach (var loop in loops)
            await loop.ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
        output.Dispose();
        receipts.Dispose();
        ended.Dispose();
    }

    internal async Task LogInAsync(CancellationToken cancellationToken)
    {
        loops = [Task.Run(ReadAsync, CancellationToken.None), Task.Run(SendAsync, CancellationToken.None)];
        var interval = (long)options.HeartBeat.TotalMilliseconds;
        output.Write(
            static (writer, state) =>
            {
                StompFrameWriter.WriteCommand(writer, StompCommand.Connect);
                StompFrameWriter.WriteHeader(writer, "accept-version", "1.2", escape: false);
                StompFrameWriter.WriteHeader(writer, "host", state.options.VirtualHost, escape: false);
                if (state.options.Login is not null)
                    StompFrameWriter.WriteHeader(writer, "login", state.options.Login, escape: false);
                if (state.options.Passcode is not null)
                    StompFrameWriter.WriteHeader(writer, "passcode", state.options.Passcode, escape: false);
                StompFrameWriter.WriteHeader(
                    writer,
                    "heart-beat",
                    string.Create(CultureInfo.InvariantCulture, $"{state.interval},{state.interval}"),
                    escape: false
                );
                StompFrameWriter.WriteBody(writer, default, withLength: false);
            },
            (options, interval)
        );
        var answer = await connected.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Headers["version"] is not "1.2" and var version)
            throw new StompProtocolException($"{Peer} speaks STOMP {version ?? "1.0"}, expected 1.2.");
        Server = answer.Headers["server"];
        StartHeartBeats(interval, answer.Headers["heart-beat"]);
    }

    internal async Task UnsubscribeAsync(StompSubscription subscription, CancellationToken cancellationToken)
    {
        // First no more messages, so that a full subscription does not keep the receipt from being read.
        if (!subscriptions.TryRemove(subscription.Id, out _))
            return;
        subscription.End(cause: null);
        await AwaitReceiptAsync(
                StompCommand.Unsubscribe,
                subscription.Id,
                static (writer, id, receipt) =>
                {
                    StompFrameWriter.WriteHeader(writer, "id", id);
                    StompFrameWriter.WriteHeader(writer, "receipt:"u8, receipt);
                    StompFrameWriter.WriteBody(writer, default, withLength: false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private void Withdraw(string id) =>
        output.Write(
            static (writer, id) =>
            {
                StompFrameWriter.WriteCommand(writer, StompCommand.Unsubscribe);
                StompFrameWriter.WriteHeader(writer, "id", id);
                StompFrameWriter.WriteBody(writer, default, withLength: false);
            },
            id
        );

    private static void WriteAll(IBufferWriter<byte> writer, IReadOnlyList<KeyValuePair<string, string>>? headers)
    {
        foreach (var (name, value) in headers ?? [])
            StompFrameWriter.WriteHeader(writer, name, value);
    }

    private ValueTask AnswerAsync(string command, StompMessage message, CancellationToken cancellationToken) =>
        AwaitReceiptAsync(
            command,
            message.AckId,
            static (writer, id, receipt) =>
            {
                StompFrameWriter.WriteHeader(writer, "id", id);
                StompFrameWriter.WriteHeader(writer, "receipt:"u8, receipt);
                StompFrameWriter.WriteBody(writer, default, withLength: false);
            },
            cancellationToken
        );

    private ValueTask AwaitReceiptAsync<TState>(
        string command,
        TState state,
        Action<IBufferWriter<byte>, TState, long> write,
        CancellationToken cancellationToken
    )
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        var since = options.Time.GetTimestamp();
        return output.HasRoom
            ? WriteAsync(command, state, write, since, cancellationToken)
            : WriteLateAsync(command, state, write, since, cancellationToken);
    }

    private ValueTask WriteAsync<TState>(
        string command,
        TState state,
        Action<IBufferWriter<byte>, TState, long> write,
        long since,
        CancellationToken cancellationToken
    )
    {
        PendingReceipt? receipt = null;
        try
        {
            receipt = receipts.Expect(command, since);
            output.Write(
                static (writer, frame) =>
                {
                    StompFrameWriter.WriteCommand(writer, frame.command);
                    frame.write(writer, frame.state, frame.Id);
                },
                (command, state, write, receipt.Id)
            );
        }
        // As an asynchronous method has it: the error is the task's.
        catch (Exception e)
        {
            if (receipt is not null && receipts.TryTake(receipt.Id, out _))
                receipts.Return(receipt);
            return ValueTask.FromException(e);
        }

        return receipt.WaitAsync(cancellationToken);
    }

    private async ValueTask WriteLateAsync<TState>(
        string command,
        TState state,
        Action<IBufferWriter<byte>, TState, long> write,
        long since,
        CancellationToken cancellationToken
    )
    {
        await EnterAsync(command, cancellationToken).ConfigureAwait(false);
        ValueTask confirmed;
        try
        {
            confirmed = WriteAsync(command, state, write, since, cancellationToken);
        }
        finally
        {
            output.Leave();
        }

        await confirmed.ConfigureAwait(false);
    }

    private async Task EnterAsync(string command, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ReceiptTimeout, options.Time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, end, cancellationToken);
        try
        {
            await output.EnterAsync(any.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException) when (closed.Task.IsCompleted)
        {
            throw (await closed.Task.ConfigureAwait(false)).Echo();
        }
        catch (OperationCanceledException e)
        {
            throw new StompConnectionException(
                $"{Peer} did not take what was sent before: {command} found no room within {options.ReceiptTimeout.TotalSeconds:0.#} s.",
                e
            );
        }
    }

    private async Task FarewellAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(FarewellPatience, options.Time);
            await AwaitReceiptAsync(
                    StompCommand.Disconnect,
                    0,
                    static (writer, _, receipt) =>
                    {
                        StompFrameWriter.WriteHeader(writer, "receipt:"u8, receipt);
                        StompFrameWriter.WriteBody(writer, default, withLength: false);
                    },
                    patience.Token
                )
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is StompException or OperationCanceledException)
        {
            // The broker is not there to say farewell to.
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await output.SendAsync(ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The conversation has ended.
        }
        // Whatever it was: calls would wait in vain on a conversation whose loop has stopped.
        catch (Exception e)
        {
            End(new StompConnectionException($"The connection to {Peer} broke while sending: {e.Message}", e));
        }
    }

    private async Task ReadAsync()
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: 16 * 1024));
        var frames = new StompFrameReader(options.Limits);
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(ended.Token).ConfigureAwait(false);
                lastReceived = options.Time.GetTimestamp();
                var bytes = read.Buffer;
                while (true)
                {
                    while (frames.TryReadReceipt(ref bytes, out var receipt))
                        Confirm(receipt);
                    if (frames.Read(ref bytes) is not { } frame)
                        break;
                    await TakeAsync(frame).ConfigureAwait(false);
                }

                reader.AdvanceTo(bytes.Start, bytes.End);
                if (read.IsCompleted)
                    throw new StompConnectionException($"{Peer} closed the connection.");
                if (receipts.Count >= Many)
                    await Task.Delay(Gathering, ended.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The conversation has ended.
        }
        catch (StompException e)
        {
            End(e);
        }
        // Whatever it was: calls would wait in vain on a conversation whose loop has stopped.
        catch (Exception e)
        {
            End(new StompConnectionException($"The connection to {Peer} broke while reading: {e.Message}", e));
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private ValueTask TakeAsync(StompFrame frame)
    {
        switch (frame.Command)
        {
            case StompCommand.Receipt:
                if (long.TryParse(frame.Headers["receipt-id"], CultureInfo.InvariantCulture, out var receipt))
                    Confirm(receipt);
                return ValueTask.CompletedTask;
            case StompCommand.Message:
                return subscriptions.TryGetValue(frame.Headers["subscription"] ?? string.Empty, out var subscription)
                    ? DeliverAsync(subscription, new StompMessage(frame.Headers, frame.Body))
                    : ValueTask.CompletedTask;
            case StompCommand.Connected:
                connected.TrySetResult(frame);
                return ValueTask.CompletedTask;
            case StompCommand.Error:
                throw new StompErrorException(Peer, frame);
            default:
                throw new StompProtocolException($"{Peer} sent {frame.Command}, which only clients send.");
        }
    }

    private void Confirm(long receipt)
    {
        if (receipts.TryTake(receipt, out var confirmed))
            confirmed.Succeed();
    }

    private ValueTask DeliverAsync(StompSubscription subscription, StompMessage message) =>
        subscription.TryDeliver(message) ? ValueTask.CompletedTask : DeliverLateAsync(subscription, message);

    private async ValueTask DeliverLateAsync(StompSubscription subscription, StompMessage message)
    {
        // Meanwhile we don't read: it is not the broker that is silent.
        Volatile.Write(ref heldBack, true);
        await subscription.DeliverAsync(message, ended.Token).ConfigureAwait(false);
        lastReceived = options.Time.GetTimestamp();
        Volatile.Write(ref heldBack, false);
    }

    private void StartHeartBeats(long ours, string? theirs)
    {
        var parts = (theirs ?? "0,0").Split(',');
        _ = long.TryParse(parts[0], CultureInfo.InvariantCulture, out var brokerSends);
        _ = long.TryParse(parts.ElementAtOrDefault(1), CultureInfo.InvariantCulture, out var brokerWants);
        // Each direction has the slower of both wishes, or none where one side does without (specification, "Heart-beating").
        var send = ours == 0 || brokerWants == 0 ? 0 : Math.Max(ours, brokerWants);
        var expect = ours == 0 || brokerSends == 0 ? 0 : Math.Max(ours, brokerSends);
        if (send == 0 && expect == 0)
            return;
        var look = TimeSpan.FromMilliseconds(
            Math.Max(1, Math.Min(send == 0 ? long.MaxValue : send, expect == 0 ? long.MaxValue : expect) / 2)
        );
        heartBeat = options.Time.CreateTimer(_ => Beat(send, expect), null, look, look);
        // The end may have come between the broker's word and the timer, and then has not seen it.
        if (closed.Task.IsCompleted)
            heartBeat.Dispose();
    }

    private void Beat(long send, long expect)
    {
        if (send > 0 && options.Time.GetElapsedTime(output.LastSent).TotalMilliseconds >= send / 2.0)
            output.Write(static (writer, _) => writer.Write("\n"u8), 0);
        var silent = options.Time.GetElapsedTime(lastReceived).TotalMilliseconds;
        if (expect > 0 && silent > expect * options.HeartBeatTolerance && !Volatile.Read(ref heldBack))
            End(
                new StompConnectionException(
                    $"{Peer} has been silent for {silent / 1000:0.#} s, although it promised a heart-beat every {expect / 1000.0:0.#} s."
                )
            );
    }

    private void End(StompException cause)
    {
        if (!closed.TrySetResult(cause))
            return;
        try
        {
            Release(cause);
        }
        finally
        {
            released.TrySetResult();
        }
    }

    private void Release(StompException cause)
    {
        heartBeat?.Dispose();
        ended.Cancel();
        // A read from a socket that is gone would otherwise wait for its peer.
        stream.Close();
        connected.TrySetException(cause);
        _ = connected.Task.Exception;
        receipts.End(cause);
        EndSubscriptions(cause);
    }

    private void EndSubscriptions(StompException cause)
    {
        foreach (var subscription in subscriptions.Values)
            subscription.End(cause);
    }
}
