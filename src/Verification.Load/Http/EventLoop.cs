using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Verification.Load;

/// <summary>A thread that waits for many connections at once (epoll, edge-triggered) and tells each when there is something to read. What
/// a connection does then, it does on this thread: it must not wait.</summary>
[SupportedOSPlatform("linux")]
internal sealed class EventLoop : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Interrupted = 4;

    /// <summary>Readable, or the other side has closed; once for each time that it happens.</summary>
    private const uint Readable = 0x1 | 0x2000 | 0x8000_0000;

    private readonly SafeFileHandle poll;
    private readonly Dictionary<long, SocketConnection> connections = [];
    private readonly Action tick;
    private readonly int milliseconds;
    private long last;
    private volatile bool ends;

    /// <summary>Starts it.</summary>
    /// <param name="tick">Called between events, about each <paramref name="interval"/>.</param>
    /// <param name="interval">From 1 ms to 0.1 s; a longer one is taken for that.</param>
    /// <exception cref="Win32Exception">The system has no room for it.</exception>
    public EventLoop(Action tick, TimeSpan interval)
    {
        (this.tick, milliseconds) = (tick, (int)Math.Clamp(interval.TotalMilliseconds, 1, 100));
        var made = Create(CloseOnExec);
        if (made < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        poll = new SafeFileHandle(made, ownsHandle: true);
        new Thread(Run) { IsBackground = true, Name = "answers of a load" }.Start();
    }

    /// <summary>Tells a connection of its events from now on, until it is closed.</summary>
    /// <exception cref="Win32Exception">The system has no room for it.</exception>
    /// <exception cref="ObjectDisposedException">It was closed meanwhile.</exception>
    public void Watch(SocketConnection connection, SafeHandle socket)
    {
        var @event = new Event { Events = Readable };
        lock (connections)
            connections[@event.Data = ++last] = connection;
        connection.Number = @event.Data;
        if (Control(poll, Add, socket, ref @event) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Forgets a connection: the system does so when it is closed.</summary>
    public void Forget(SocketConnection connection)
    {
        lock (connections)
            connections.Remove(connection.Number);
    }

    /// <summary>Ends with the next event, or interval.</summary>
    public void Dispose() => ends = true;

    private void Run()
    {
        _ = ThreadScheduling.AskForShortSlice();
        var events = new Event[64];
        using (poll)
        {
            for (var next = Environment.TickCount64 + milliseconds; !ends; )
            {
                var count = Wait(poll, events, events.Length, milliseconds);
                if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted)
                    throw new Win32Exception(Marshal.GetLastPInvokeError());
                for (var index = 0; index < count; index++)
                    Of(events[index].Data)?.Receive();
                if (Environment.TickCount64 < next)
                    continue;
                tick();
                next = Environment.TickCount64 + milliseconds;
            }
        }
    }

    private SocketConnection? Of(long number)
    {
        lock (connections)
            return connections.GetValueOrDefault(number);
    }

    [DllImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Create(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(SafeFileHandle poll, int operation, SafeHandle descriptor, ref Event @event);

    [DllImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Wait(SafeFileHandle poll, [In, Out] Event[] events, int most, int milliseconds);

    /// <summary>As the kernel lays it out on x86-64: without a gap.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Event
    {
        public uint Events;
        public long Data;
    }
}
