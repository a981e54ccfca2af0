using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;

namespace Verification.Stomp;

/// <summary>A conversation with a broker. Any number of calls may be under way at once; frames are pipelined.
/// When the conversation ends, by whatever cause, every pending call fails with it.</summary>
public sealed class StompConnection : IAsyncDisposable
{
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(2);
    private readonly Stream stream;
    private readonly StompOptions options;
    private readonly StompOutput output;
    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource> receipts = new();
    private readonly ConcurrentDictionary<string, StompSubscription> subscriptions = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<StompFrame> connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StompException> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task[] loops = [];
    private ITimer? heartBeat;
    private long lastReceived;
    private long lastId;
    private bool heldBack;
    private bool disposed;

    internal StompConnection(Stream stream, string peer, StompOptions options)
    {
        this.stream = stream;
        this.options = options;
        Peer = peer;
        output = new StompOutput(stream, options.Time);
        lastReceived = options.Time.GetTimestamp();
    }

    /// <summary>Host and port of the broker.</summary>
    public string Peer { get; }

    /// <summary>What the broker says it is, such as <c>ActiveMQ-Artemis/2.40.0</c>; null if it says nothing.</summary>
    public string? Server { get; private set; }

    /// <summary>Completes when the conversation has ended, with the cause.</summary>
    public Task<StompException> Closed => closed.Task;

    /// <summary>Sends a message and waits until the broker confirms that it has it (RECEIPT).</summary>
    /// <param name="destination">Queue, for example <c>buffs</c>.</param>
    /// <param name="body">Body.</param>
    /// <param name="headers">Further headers, such as <c>persistent:true</c>; null for none.</param>
    /// <param name="cancellationToken">Ends the wait; the message may have been sent, unless it was cancelled before the call.</param>
    /// <exception cref="StompException">The conversation ended, or no receipt came in time: whether the broker has the message is not known.</exception>
    public Task SendAsync(string destination, ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>>? headers, CancellationToken cancellationToken) =>
        AwaitReceiptAsync(StompCommand.Send, (destination, body, headers), static (writer, frame, receipt) =>
        {
            StompFrameWriter.WriteHeader(writer, "destination", frame.destination);
            WriteAll(writer, frame.headers);
            StompFrameWriter.WriteHeader(writer, "receipt:"u8, receipt);
            StompFrameWriter.WriteBody(writer, frame.body.Span, withLength: true);
        }, cancellationToken);

    /// <summary>Subscribes to a queue.</summary>
    /// <param name="destination">The queue.</param>
    /// <param name="acknowledge">How messages are acknowledged.</param>
    /// <param name="headers">Further headers, such as the broker's prefetch; null for none.</param>
    /// <param name="capacity">How many messages may wait here; beyond that nothing more is read from the broker, receipts neither: let it be no less
    /// than what the broker may send ahead.</param>
    /// <param name="cancellationToken">Ends the wait for the broker's confirmation.</param>
    /// <exception cref="StompException">The broker refused, or the conversation ended.</exception>
    public async Task<StompSubscription> SubscribeAsync(string destination, StompAcknowledge acknowledge, IReadOnlyList<KeyValuePair<string, string>>? headers, int capacity, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture);
        var subscription = new StompSubscription(this, id, capacity);
        subscriptions[id] = subscription;
        try
        {
            await AwaitReceiptAsync(StompCommand.Subscribe, (id, destination, acknowledge, headers), static (writer, frame, receipt) =>
            {
                StompFrameWriter.WriteHeader(writer, "id", frame.id);
                StompFrameWriter.WriteHeader(writer, "destination", frame.destination);
                StompFrameWriter.WriteHeader(writer, "ack", frame.acknowledge.Header());
                WriteAll(writer, frame.headers);
                StompFrameWriter.WriteHeader(writer, "receipt:"u8, receipt);
                StompFrameWriter.WriteBody(writer, default, withLength: false);
            }, cancellationToken).ConfigureAwait(false);
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
    /// <exception cref="StompException">The conversation ended, or no receipt came in time: the broker may deliver the message again.</exception>
    public Task AckAsync(StompMessage message, CancellationToken cancellationToken) => AnswerAsync(StompCommand.Ack, message, cancellationToken);

    /// <summary>Refuses a message. Brokers differ: Classic redelivers or dead-letters it, Artemis drops it.</summary>
    /// <exception cref="StompException">The conversation ended, or no receipt came in time.</exception>
    public Task NackAsync(StompMessage message, CancellationToken cancellationToken) => AnswerAsync(StompCommand.Nack, message, cancellationToken);

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
        ended.Dispose();
    }

    internal async Task LogInAsync(CancellationToken cancellationToken)
    {
        loops = [Task.Run(ReadAsync, CancellationToken.None), Task.Run(WriteAsync, CancellationToken.None)];
        var interval = (long)options.HeartBeat.TotalMilliseconds;
        output.Write(static (writer, state) =>
        {
            StompFrameWriter.WriteCommand(writer, StompCommand.Connect);
            StompFrameWriter.WriteHeader(writer, "accept-version", "1.2", escape: false);
            StompFrameWriter.WriteHeader(writer, "host", state.options.VirtualHost, escape: false);
            if (state.options.Login is not null)
                StompFrameWriter.WriteHeader(writer, "login", state.options.Login, escape: false);
            if (state.options.Passcode is not null)
                StompFrameWriter.WriteHeader(writer, "passcode", state.options.Passcode, escape: false);
            StompFrameWriter.WriteHeader(writer, "heart-beat", string.Create(CultureInfo.InvariantCulture, $"{state.interval},{state.interval}"), escape: false);
            StompFrameWriter.WriteBody(writer, default, withLength: false);
        }, (options, interval));
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
        await AwaitReceiptAsync(StompCommand.Unsubscribe, subscription.Id, static (writer, id, receipt) =>
        {
            StompFrameWriter.WriteHeader(writer, "id", id);
            StompFrameWriter.WriteHeader(writer, "receipt:"u8, receipt);
            StompFrameWriter.WriteBody(writer, default, withLength: false);
        }, cancellationToken).ConfigureAwait(false);
    }

    private void Withdraw(string id) => output.Write(static (writer, id) =>
    {
        StompFrameWriter.WriteCommand(writer, StompCommand.Unsubscribe);
        StompFrameWriter.WriteHeader(writer, "id", id);
        StompFrameWriter.WriteBody(writer, default, withLength: false);
    }, id);

    private static void WriteAll(IBufferWriter<byte> writer, IReadOnlyList<KeyValuePair<string, string>>? headers)
    {
        foreach (var (name, value) in headers ?? [])
            StompFrameWriter.WriteHeader(writer, name, value);
    }

    private Task AnswerAsync(string command, StompMessage message, CancellationToken cancellationToken) =>
        AwaitReceiptAsync(command, message.AckId, static (writer, id, receipt) =>
        {
            StompFrameWriter.WriteHeader(writer, "id", id);
            StompFrameWriter.WriteHeader(writer, "receipt:"u8, receipt);
            StompFrameWriter.WriteBody(writer, default, withLength: false);
        }, cancellationToken);

    private async Task AwaitReceiptAsync<TState>(string command, TState state, Action<IBufferWriter<byte>, TState, long> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var receipt = Interlocked.Increment(ref lastId);
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receipts[receipt] = confirmed;
        try
        {
            if (closed.Task.IsCompleted)
                throw Echo(await closed.Task.ConfigureAwait(false));
            output.Write(static (writer, frame) =>
            {
                StompFrameWriter.WriteCommand(writer, frame.command);
                frame.write(writer, frame.state, frame.receipt);
            }, (command, state, write, receipt));
            await confirmed.Task.WaitAsync(options.ReceiptTimeout, options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new StompConnectionException($"{Peer} did not confirm {command} within {options.ReceiptTimeout.TotalSeconds:0.#} s.", e);
        }
        finally
        {
            receipts.TryRemove(receipt, out _);
        }
    }

    private async Task FarewellAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(FarewellPatience, options.Time);
            await AwaitReceiptAsync(StompCommand.Disconnect, 0, static (writer, _, receipt) =>
            {
                StompFrameWriter.WriteHeader(writer, "receipt:"u8, receipt);
                StompFrameWriter.WriteBody(writer, default, withLength: false);
            }, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StompException or OperationCanceledException)
        {
            // The broker is not there to say farewell to.
        }
    }

    private async Task WriteAsync()
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
                while (frames.Read(ref bytes) is { } frame)
                    await TakeAsync(frame).ConfigureAwait(false);
                reader.AdvanceTo(bytes.Start, bytes.End);
                if (read.IsCompleted)
                    throw new StompConnectionException($"{Peer} closed the connection.");
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
                if (long.TryParse(frame.Headers["receipt-id"], CultureInfo.InvariantCulture, out var receipt) && receipts.TryGetValue(receipt, out var confirmed))
                    confirmed.TrySetResult();
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
        var look = TimeSpan.FromMilliseconds(Math.Max(1, Math.Min(send == 0 ? long.MaxValue : send, expect == 0 ? long.MaxValue : expect) / 2));
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
            End(new StompConnectionException($"{Peer} has been silent for {silent / 1000:0.#} s, although it promised a heart-beat every {expect / 1000.0:0.#} s."));
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
        foreach (var receipt in receipts.Values)
            Fail(receipt, Echo(cause));
        EndSubscriptions(cause);
    }

    private void EndSubscriptions(StompException cause)
    {
        foreach (var subscription in subscriptions.Values)
            subscription.End(cause);
    }

    private static void Fail(TaskCompletionSource waiting, StompException cause)
    {
        waiting.TrySetException(cause);
        // Its call may have ended otherwise meanwhile: then nobody else looks at the exception.
        _ = waiting.Task.Exception;
    }

    /// <summary>Each waiting call gets an exception of its own: one object thrown on many stacks would mix their traces.</summary>
    private static StompException Echo(StompException cause) => cause switch
    {
        StompErrorException error => error,
        StompProtocolException protocol => new StompProtocolException(protocol.Message),
        _ => new StompConnectionException(cause.Message, cause),
    };
}
