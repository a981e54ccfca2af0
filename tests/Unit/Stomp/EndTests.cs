using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

/// <summary>How a conversation ends: whatever the moment, nothing hangs, nothing is left.</summary>
[Collection(nameof(WholeProcess))]
public sealed class EndTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ScriptedBroker broker = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task A_connection_that_ends_while_logging_in_leaves_no_heart_beat_behind()
    {
        var time = new WatchedTime();
        var connection = await broker.DialledAsync(time);
        time.BeforeRepeating = connection.Abort;
        var loggingIn = connection.LogInAsync(Cancellation);
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("CONNECTED\nversion:1.2\nheart-beat:1000,1000\n\n\0");
        await loggingIn.WaitAsync(Patience, Cancellation);
        await connection.DisposeAsync().AsTask().WaitAsync(Patience, Cancellation);

        Assert.Equal(0, time.Repeating);
    }

    [Fact]
    public async Task A_call_that_fails_while_the_connection_ends_leaves_no_unobserved_exception()
    {
        var unobserved = new List<string>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved)
                unobserved.Add(e.Exception.ToString());
        }

        // What other tests have left is not of this connection.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            var connection = await broker.ConnectedAsync();
            await FailWhileEndingAsync(connection);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        lock (unobserved)
            Assert.DoesNotContain(unobserved, text => text.Contains("aborted by this side", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leaving_a_dead_broker_takes_no_longer_than_two_seconds()
    {
        var connection = await broker.ConnectedAsync();
        var leaving = connection.DisposeAsync().AsTask();
        await broker.ExpectAsync(StompCommand.Disconnect);
        Assert.False(leaving.IsCompleted, "it left without patience for the broker's word");
        broker.Time.Advance(TimeSpan.FromSeconds(2));

        await leaving.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task Leaving_with_a_full_subscription_still_hears_the_brokers_word()
    {
        var connection = await broker.ConnectedAsync();
        var subscription = await broker.SubscribedAsync(connection, capacity: 1);
        for (var number = 1; number <= 4; number++)
            await broker.DeliverAsync(subscription.Id, number);
        await subscription.HeldBackAsync(Patience);

        var leaving = connection.DisposeAsync().AsTask();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Disconnect));

        await leaving.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task Leaving_twice_is_leaving_once()
    {
        var connection = await broker.ConnectedAsync();
        var leaving = connection.DisposeAsync().AsTask();
        var again = connection.DisposeAsync().AsTask();
        await broker.ConfirmAsync(await broker.ExpectAsync(StompCommand.Disconnect));

        await Task.WhenAll(leaving, again).WaitAsync(Patience, Cancellation);
        Assert.Empty(await broker.ReceiveAsync());
        await Assert.ThrowsAsync<StompConnectionException>(() => connection.SendAsync("buffs", default, null, Cancellation).AsTask());
    }

    [Fact]
    public async Task A_stream_that_fails_in_an_unexpected_way_ends_the_connection_with_that_cause()
    {
        await using var stream = new BrokenStream();
        var connection = new StompConnection(stream, "broker:61613", new StompOptions { Host = "broker", Port = 61613 });

        var error = await Assert.ThrowsAsync<StompConnectionException>(() =>
            connection.LogInAsync(Cancellation).WaitAsync(Patience, Cancellation)
        );
        Assert.Contains("this stream is broken", error.Message, StringComparison.Ordinal);
        await connection.DisposeAsync().AsTask().WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task Of_a_send_that_was_cancelled_before_it_began_the_broker_hears_nothing()
    {
        var connection = await broker.ConnectedAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            connection.SendAsync("buffs", Wire.Bytes("cancelled"), null, new CancellationToken(canceled: true)).AsTask()
        );

        var sending = connection.SendAsync("buffs", Wire.Bytes("next"), null, Cancellation).AsTask();
        var frame = await broker.ExpectAsync(StompCommand.Send);
        await broker.ConfirmAsync(frame);
        await sending.WaitAsync(Patience, Cancellation);
        Assert.Equal("next", Encoding.UTF8.GetString(frame.Body.Span));
    }

    // Apart, so that nothing of the failed call is still referred to when the collector comes.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task FailWhileEndingAsync(StompConnection connection) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            connection.SendAsync("buffs", default, new EndingHeaders(connection), Cancellation).AsTask()
        );

    /// <summary>Headers in the middle of which the connection ends.</summary>
    private sealed class EndingHeaders(StompConnection connection) : IReadOnlyList<KeyValuePair<string, string>>
    {
        public int Count => 1;

        public KeyValuePair<string, string> this[int index] => new("a", "b");

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
        {
            connection.Abort();
            yield return new("half", "a lone surrogate \ud800");
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Fails as no stream of the runtime should.</summary>
    private sealed class BrokenStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw Broken();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw Broken();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw Broken();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw Broken();

        private static InvalidOperationException Broken() => new("this stream is broken");
    }
}
