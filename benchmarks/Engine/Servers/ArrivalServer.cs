using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Verification.Benchmarks.Engine.Servers;

/// <summary>A program of its own that notes on its clock when each request has arrived, and answers it with 200 bytes of JSON. A thread
/// waits at each connection: nothing stands between the system and the note.
/// <para>It prints its port. <c>begin</c> on its input forgets what has arrived; <c>end FILE</c> writes all arrivals since, in ns, 8 bytes
/// each, and it prints how many. It ends with its input.</para></summary>
internal sealed class ArrivalServer
{
    /// <summary>What the program is called with.</summary>
    public const string Command = "engine-arrivals";

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {EngineLoad.Body.Length}\r\n\r\n{EngineLoad.Body}"
    );

    private readonly List<List<long>> connections = [];

    /// <summary>Serves until its input ends.</summary>
    public static int Serve(TextReader input, TextWriter output)
    {
        var server = new ArrivalServer();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1024);
        new Thread(() => server.Accept(listener)) { IsBackground = true }.Start();
        output.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port);
        while (input.ReadLine() is { } line)
        {
            output.WriteLine(
                (line == "begin" ? server.Forget() : server.Write(line["end ".Length..])).ToString(CultureInfo.InvariantCulture)
            );
        }

        return 0;
    }

    private void Accept(Socket listener)
    {
        while (true)
        {
            var connection = listener.Accept();
            connection.NoDelay = true;
            var arrivals = new List<long>(1 << 16);
            lock (connections)
                connections.Add(arrivals);
            new Thread(() => Serve(connection, arrivals), 256 * 1024) { IsBackground = true }.Start();
        }
    }

    private static void Serve(Socket connection, List<long> arrivals)
    {
        using var closing = connection;
        var received = new byte[16 * 1024];
        var ended = 0;
        try
        {
            while (connection.Receive(received) is > 0 and var count)
            {
                var now = Stopwatch.GetTimestamp();
                foreach (var each in received.AsSpan(0, count))
                {
                    // CR LF CR LF ends a request without a body.
                    ended =
                        each == "\r\n\r\n"u8[ended] ? ended + 1
                        : each == '\r' ? 1
                        : 0;
                    if (ended < 4)
                        continue;
                    ended = 0;
                    lock (arrivals)
                        arrivals.Add(now);
                    connection.Send(Answer);
                }
            }
        }
        catch (SocketException)
        {
            // A client may leave as it likes.
        }
    }

    private int Forget()
    {
        lock (connections)
        {
            foreach (var arrivals in connections)
            {
                lock (arrivals)
                    arrivals.Clear();
            }
        }

        return 0;
    }

    private int Write(string file)
    {
        var all = new List<long>();
        lock (connections)
        {
            foreach (var arrivals in connections)
            {
                lock (arrivals)
                    all.AddRange(arrivals);
            }
        }

        var bytes = new byte[all.Count * sizeof(long)];
        for (var index = 0; index < all.Count; index++)
        {
            var nanoseconds = (long)((Int128)all[index] * 1_000_000_000 / Stopwatch.Frequency);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(index * sizeof(long)), nanoseconds);
        }

        File.WriteAllBytes(file, bytes);
        return all.Count;
    }
}
