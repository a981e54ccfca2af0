using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Threading.Tasks.Sources;
using Verification.Platform;

namespace Verification.Load;

/// <summary>A connection, which carries one request at a time.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SocketConnection : IValueTaskSource<HttpAnswer>, IDisposable
{
    private const long None = 0;
    private const long Late = -1;

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly RequestWriter request = new();
    private readonly AnswerReader reader = new();
    private readonly Lock receiving = new();
    private ManualResetValueTaskSourceCore<HttpAnswer> answer;
    private bool isAwaited;
    private bool wasTouched;
    private long end;

    /// <summary>Its number among those of its loop.</summary>
    public long Number { get; set; }

    /// <summary>Whether it has been connected.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Whether it was closed because its request took too long.</summary>
    public bool IsLate => Volatile.Read(ref end) == Late;

    /// <summary>A request begins.</summary>
    /// <param name="until">When it is late, in ticks of the clock.</param>
    public void Begin(long until) => Volatile.Write(ref end, until);

    /// <summary>The request has ended.</summary>
    /// <returns>Whether the connection can carry another.</returns>
    public bool End() => Interlocked.Exchange(ref end, None) != Late && reader.StaysOpen;

    /// <summary>Closes it where its request is late.</summary>
    public void EndIfLate(long now)
    {
        var until = Volatile.Read(ref end);
        if (until > None && now > until && Interlocked.CompareExchange(ref end, Late, until) == until)
            Dispose();
    }

    /// <summary>Whether the service has closed it, or has said what nobody asked. The system is asked only where something has
    /// happened.</summary>
    public bool IsClosedByNow()
    {
        try
        {
            return Interlocked.Exchange(ref wasTouched, false) && socket.Poll(0, SelectMode.SelectRead);
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>Connects, on a thread that may wait.</summary>
    /// <exception cref="SocketException">It is refused.</exception>
    public async Task ConnectAsync(EndPoint place, EventLoop loop)
    {
        await Task.Run(() => socket.Connect(place)).ConfigureAwait(false);
        socket.Blocking = false;
        IsConnected = true;
        loop.Watch(this, socket.SafeHandle);
    }

    /// <summary>Sends a request and reads the whole answer. Whoever waits for it goes on in the loop, and must not wait there.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="HttpRequestException">The answer is none of HTTP/1.1, or too large.</exception>
    public ValueTask<HttpAnswer> AskAsync(HttpQuestion question, string host)
    {
        answer.Reset();
        reader.Expect(isOfHead: question.Method == HttpMethod.Head);
        lock (receiving)
            isAwaited = true;
        try
        {
            Send(request.Write(question, host));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Fail(e);
        }

        return new ValueTask<HttpAnswer>(this, answer.Version);
    }

    /// <summary>Reads what has come.</summary>
    public void Receive()
    {
        try
        {
            if (ReadAll() is { } whole)
                answer.SetResult(whole);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or HttpRequestException)
        {
            Fail(e);
        }
    }

    /// <summary>Closes it: who waits for an answer is told.</summary>
    public void Dispose()
    {
        socket.Dispose();
        Fail(new ObjectDisposedException(nameof(SocketConnection), "The connection was closed before the answer was whole."));
    }

    /// <inheritdoc />
    HttpAnswer IValueTaskSource<HttpAnswer>.GetResult(short token) => answer.GetResult(token);

    /// <inheritdoc />
    ValueTaskSourceStatus IValueTaskSource<HttpAnswer>.GetStatus(short token) => answer.GetStatus(token);

    /// <inheritdoc />
    void IValueTaskSource<HttpAnswer>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => answer.OnCompleted(continuation, state, token, flags);

    private void Send(ReadOnlyMemory<byte> bytes)
    {
        while (true)
        {
            var sent = socket.Send(bytes.Span, SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.WouldBlock))
                throw new SocketException((int)error);
            bytes = bytes[(error == SocketError.Success ? sent : 0)..];
            if (bytes.IsEmpty)
                return;
            // Only a request that is larger than what the system takes at once waits here: none of a load is.
            socket.Poll(TimeSpan.FromMilliseconds(10), SelectMode.SelectWrite);
        }
    }

    /// <summary>Reads until there is no more, or the answer is whole.</summary>
    /// <returns>The answer; null while it is not whole, or nobody waits for one.</returns>
    private HttpAnswer? ReadAll()
    {
        lock (receiving)
        {
            // While nobody waits: the rest of an answer that was read before it was told of, an end, or what nobody asked.
            Volatile.Write(ref wasTouched, !isAwaited);
            while (isAwaited)
            {
                var room = reader.Room();
                var count = socket.Receive(room, SocketFlags.None, out var error);
                if (error == SocketError.WouldBlock)
                    return null;
                if (error != SocketError.Success)
                    throw new SocketException((int)error);
                var whole = count == 0 ? reader.Closed() : reader.Received(count);
                if (whole is not null)
                {
                    isAwaited = false;
                    return whole;
                }
            }

            return null;
        }
    }

    private void Fail(Exception reason)
    {
        lock (receiving)
        {
            if (!isAwaited)
                return;
            isAwaited = false;
        }

        answer.SetException(reason);
    }
}
