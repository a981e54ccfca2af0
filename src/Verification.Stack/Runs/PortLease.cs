using System.Net;
using System.Net.Sockets;

namespace Verification.Stack.Runs;

/// <summary>Host ports of a stack, chosen before its containers are created so that they outlive restarts.
/// A file lock per port keeps two stacks that start at the same time apart; it is released when the stack is up.</summary>
public sealed class PortLease : IDisposable
{
    // Below the kernel's ephemeral range (32768 and up): no outgoing connection takes one in between.
    private const int First = 20_000;
    private const int Last = 31_999;
    private readonly List<HeldFile> held = [];

    /// <summary>Name of the folder where the locks of ports in the making lie.</summary>
    private const string Locks = "verification-ports";

    /// <summary>Removes the locks that the dead have left.</summary>
    internal static void RemoveAbandoned()
    {
        foreach (var file in Directory.EnumerateFiles(SharedFolder.Of(Locks)))
        {
            try
            {
                using var abandoned = HeldFile.TryTake(file, deleteOnRelease: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's: it is his to remove.
            }
        }
    }

    /// <summary>Takes a port of 127.0.0.1 that nobody uses.</summary>
    /// <exception cref="IOException">None is free.</exception>
    /// <exception cref="LockException">None can be locked.</exception>
    public int Take()
    {
        var folder = SharedFolder.Of(Locks);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(First, Last + 1);
            if (TryLock(Path.Combine(folder, $"{port}")) is not { } lease)
                continue;
            held.Add(lease);
            if (IsFree(port))
                return port;
        }

        throw new IOException($"No free port on 127.0.0.1 between {First} and {Last} in 200 attempts. End what listens there.");
    }

    /// <inheritdoc />
    public void Dispose() => held.ForEach(lease => lease.Dispose());

    private static HeldFile? TryLock(string path)
    {
        try
        {
            return HeldFile.TryTake(path, deleteOnRelease: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LockException(path, SharedFolder.Advice, e);
        }
    }

    /// <summary>Whether nobody listens on a port of 127.0.0.1.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
