using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using Verification.Stomp;

namespace Verification.Benchmarks.Stomp;

/// <summary>The limit that the client is held against: one thread and a socket, which writes the same frames prebuilt, all at once
/// that the window
/// allows, and counts the NULs that end the receipts. It knows nothing else of the protocol.</summary>
internal static class BareSocket
{
    /// <summary>Sends the messages of a load.</summary>
    /// <exception cref="SocketException">The broker did not take or confirm messages in time.</exception>
    /// <exception cref="InvalidDataException">The broker refused, or closed the connection.</exception>
    public static SendFigures Send(StompOptions broker, SendLoad load, CancellationToken cancellationToken)
    {
        var (frames, ends) = Prebuild(load);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.ReceiveTimeout = socket.SendTimeout = (int)broker.ReceiptTimeout.TotalMilliseconds;
        socket.Connect(broker.Host, broker.Port);
        var received = new byte[64 * 1024];
        LogIn(socket, broker, received);

        var measuring = SendMeasuring.Start();
        for (int sent = 0, confirmed = 0; confirmed < load.Messages; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = Math.Min(load.Messages, confirmed + SendLoad.Window);
            if (next > sent)
                SendAll(socket, frames.AsSpan((sent == 0 ? 0 : ends[sent - 1])..ends[next - 1]));
            sent = next;
            confirmed += Receive(socket, received).Count((byte)0);
        }

        return measuring.Stop(load.Messages);
    }

    /// <summary>All frames in one array, byte for byte as the client writes them, and where each ends.</summary>
    private static (byte[] Frames, int[] Ends) Prebuild(SendLoad load)
    {
        var frames = new ArrayBufferWriter<byte>(load.Messages * (SendLoad.BodySize + 100));
        var ends = new int[load.Messages];
        for (var number = 0; number < load.Messages; number++)
        {
            var receipt = (number + 1).ToString(CultureInfo.InvariantCulture);
            Write(
                frames,
                StompCommand.Send,
                [new("destination", SendLoad.Queue), .. SendLoad.Headers, new("receipt", receipt)],
                SendLoad.Body
            );
            ends[number] = frames.WrittenCount;
        }

        return (frames.WrittenSpan.ToArray(), ends);
    }

    private static void LogIn(Socket socket, StompOptions broker, byte[] received)
    {
        var connect = new ArrayBufferWriter<byte>();
        Write(
            connect,
            StompCommand.Connect,
            [new("accept-version", "1.2"), new("host", broker.VirtualHost), new("login", broker.Login!), new("passcode", broker.Passcode!)],
            default
        );
        SendAll(socket, connect.WrittenSpan);
        if (!Receive(socket, received).StartsWith("CONNECTED"u8))
            throw new InvalidDataException("The broker did not answer the bare socket with CONNECTED.");
    }

    private static void Write(
        IBufferWriter<byte> output,
        string command,
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body
    )
    {
        var all = new StompHeaders();
        foreach (var (name, value) in headers)
            all.Add(name, value);
        StompFrameWriter.Write(output, new StompFrame(command, all, body));
    }

    private static void SendAll(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[socket.Send(bytes)..];
    }

    private static ReadOnlySpan<byte> Receive(Socket socket, byte[] received)
    {
        var length = socket.Receive(received);
        return length > 0
            ? received.AsSpan(0, length)
            : throw new InvalidDataException("The broker closed the connection of the bare socket.");
    }
}
