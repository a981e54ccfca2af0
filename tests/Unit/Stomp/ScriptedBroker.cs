using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

/// <summary>The other end of a connection: a test says what it answers, and sees what it received.</summary>
internal sealed class ScriptedBroker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly StompFrameReader frames = new(StompLimits.Default);
    private readonly List<StompConnection> connections = [];
    private NetworkStream? stream;
    private PipeReader? input;

    public ScriptedBroker() => listener.Start();

    /// <summary>The clock of the client.</summary>
    public FakeTimeProvider Time { get; } = new();

    public StompOptions Options =>
        new()
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            Login = "user",
            Passcode = "secret",
            HeartBeat = TimeSpan.FromSeconds(10),
            ReceiptTimeout = TimeSpan.FromSeconds(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            Time = Time,
        };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A client that is connected to this broker.</summary>
    public async Task<StompConnection> ConnectedAsync(string heartBeat = "0,0")
    {
        var connecting = StompClient.ConnectAsync(Options, Cancellation);
        await ExpectAsync(StompCommand.Connect);
        await SayAsync($"CONNECTED\nversion:1.2\nheart-beat:{heartBeat}\n\n\0");
        var connection = await connecting;
        connections.Add(connection);
        return connection;
    }

    /// <summary>A client that has reached this broker and not yet logged in.</summary>
    public async Task<StompConnection> DialledAsync(TimeProvider time)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndpoint, Cancellation);
        return new StompConnection(new NetworkStream(socket, ownsSocket: true), "127.0.0.1", Options with { Time = time });
    }

    /// <summary>A client with a subscription of the given capacity.</summary>
    public async Task<StompSubscription> SubscribedAsync(StompConnection connection, int capacity)
    {
        var subscribing = connection.SubscribeAsync("buffs", StompAcknowledge.ClientIndividual, null, capacity, Cancellation);
        await ConfirmAsync(await ExpectAsync(StompCommand.Subscribe));
        return await subscribing;
    }

    public async Task AcceptAsync()
    {
        stream = new NetworkStream(
            await listener.AcceptSocketAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation),
            ownsSocket: true
        );
        input = PipeReader.Create(stream);
    }

    /// <summary>The next frame, which must be of that command.</summary>
    public async Task<StompFrame> ExpectAsync(string command)
    {
        if (input is null)
            await AcceptAsync();
        while (true)
        {
            var read = await input!.ReadAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation);
            var bytes = read.Buffer;
            var frame = frames.Read(ref bytes);
            input.AdvanceTo(bytes.Start, frame is null ? bytes.End : bytes.Start);
            if (frame is not null)
            {
                Assert.Equal(command, frame.Command);
                return frame;
            }

            Assert.False(read.IsCompleted, $"The client closed the connection; {command} was expected.");
        }
    }

    /// <summary>Whatever the client sends next, frame or heart-beat.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        var read = await input!.ReadAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation);
        var bytes = read.Buffer.ToArray();
        input.AdvanceTo(read.Buffer.End);
        return bytes;
    }

    public Task SayAsync(string text) => stream!.WriteAsync(Wire.Bytes(text), Cancellation).AsTask();

    public Task ConfirmAsync(StompFrame frame) => SayAsync($"RECEIPT\nreceipt-id:{frame.Headers["receipt"]}\n\n\0");

    public Task DeliverAsync(string subscription, int number) =>
        SayAsync($"MESSAGE\nsubscription:{subscription}\nmessage-id:m{number}\nack:a{number}\ndestination:/queue/buffs\n\nbody {number}\0");

    public async Task HangUpAsync() => await stream!.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        // A farewell would wait for an answer on a clock that stands still.
        foreach (var connection in connections)
            connection.Abort();
        listener.Stop();
        listener.Dispose();
        if (stream is not null)
            await stream.DisposeAsync();
    }
}
