using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Verification.Platform;

namespace Verification.Load;

/// <summary>HTTP/1.1 over bare sockets, for load steps: what a request costs the generator is taken from the platform that it measures
/// (<c>./verify bench engine</c>). Connections are kept alive, as many as requests are under way at once; nothing is redirected, retried,
/// decompressed or encrypted. Whoever waits for an answer goes on in the thread that reads all of them, and must not wait there.</summary>
[SupportedOSPlatform("linux")]
public sealed class SocketTransport : IHttpTransport
{
    private readonly ConcurrentStack<SocketConnection> idle = new();
    private readonly ConcurrentDictionary<SocketConnection, bool> all = new();
    private readonly TimeSpan deadline;
    private readonly TimeProvider time = TimeProvider.System;
    private readonly EventLoop loop;
    private readonly string host;
    private readonly EndPoint place;

    /// <summary>Whether this machine can have it: Linux on x86-64.</summary>
    [SupportedOSPlatformGuard("linux")]
    public static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Makes a transport.</summary>
    /// <param name="service">Address of the service: http.</param>
    /// <param name="deadline">How long one request may take; it ends within 0.1 s of that.</param>
    /// <exception cref="ArgumentException">The address is not one of http.</exception>
    public SocketTransport(Uri service, TimeSpan deadline)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (service.Scheme != Uri.UriSchemeHttp)
            throw new ArgumentException($"{service} is an address of {service.Scheme}; load goes over http.", nameof(service));
        this.deadline = deadline;
        host = service.Authority;
        place = IPAddress.TryParse(service.DnsSafeHost, out var address)
            ? new IPEndPoint(address, service.Port)
            : new DnsEndPoint(service.DnsSafeHost, service.Port);
        loop = new EventLoop(EndLate, deadline / 10);
    }

    /// <inheritdoc />
    public async Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        cancellationToken.ThrowIfCancellationRequested();
        var end = time.GetTimestamp() + (long)(deadline.TotalSeconds * time.TimestampFrequency);
        var connection = Take(end);
        using var ending = cancellationToken.UnsafeRegister(static each => ((SocketConnection)each!).Dispose(), connection);
        try
        {
            if (!connection.IsConnected)
                await connection.ConnectAsync(place, loop).ConfigureAwait(false);
            var answer = await connection.AskAsync(question, host).ConfigureAwait(false);
            // Whoever has the connection next is not ended by this token.
            await ending.DisposeAsync().ConfigureAwait(false);
            GiveBack(connection);
            return answer;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or HttpRequestException)
        {
            var late = connection.IsLate;
            Remove(connection);
            cancellationToken.ThrowIfCancellationRequested();
            return HttpAnswer.None(
                late ? new TaskCanceledException($"no answer within {deadline.TotalSeconds:0.###} s", e)
                : e is HttpRequestException ? e
                : new HttpRequestException(e.Message, e)
            );
        }
    }

    /// <summary>Closes all connections; what is under way ends without an answer.</summary>
    public void Dispose()
    {
        loop.Dispose();
        foreach (var connection in all.Keys)
            Remove(connection);
    }

    private SocketConnection Take(long end)
    {
        while (idle.TryPop(out var kept))
        {
            if (!kept.IsClosedByNow())
            {
                kept.Begin(end);
                return kept;
            }

            Remove(kept);
        }

        var made = new SocketConnection();
        all[made] = true;
        made.Begin(end);
        return made;
    }

    private void GiveBack(SocketConnection connection)
    {
        if (connection.End())
            idle.Push(connection);
        else
            Remove(connection);
    }

    private void Remove(SocketConnection connection)
    {
        all.TryRemove(connection, out _);
        loop.Forget(connection);
        connection.Dispose();
    }

    private void EndLate()
    {
        var now = time.GetTimestamp();
        foreach (var connection in all.Keys)
            connection.EndIfLate(now);
    }
}
