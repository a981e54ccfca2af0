using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using System.Text;

namespace Verification.Stack.Control;

/// <summary>The processes by which an engine of this machine carries connections from host ports to containers
/// (<c>docker-proxy</c>).</summary>
internal static class PortProxies
{
    private const string Program = "docker-proxy";
    private const string HostPort = "-host-port";

    /// <summary>The kernel goes through every connection to tell which ports are listened to: the instances of a stack, looked at one after
    /// the other, share one look. A port that was not listened to then is looked for again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);
    private static Look? last;

    /// <summary>Those of some host ports that the engine should carry, and no longer does.</summary>
    /// <param name="ports">The ports.</param>
    /// <returns>Empty where the engine carries none so, or runs elsewhere.</returns>
    public static IReadOnlyList<int> Ended(IEnumerable<int> ports)
    {
        var listening = Listening();
        var silent = ports.Where(port => !listening.Contains(port)).ToList();
        if (silent.Count == 0)
            return [];
        var carried = Carried();
        return carried.Count == 0 ? [] : [.. silent.Where(port => !carried.Contains(port))];
    }

    private static HashSet<int> Listening()
    {
        if (Volatile.Read(ref last) is { } look && Stopwatch.GetElapsedTime(look.At) < Fresh)
            return look.Ports;
        var at = Stopwatch.GetTimestamp();
        var ports = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        Volatile.Write(ref last, new Look(at, ports));
        return ports;
    }

    /// <summary>The host ports that are carried.</summary>
    /// <param name="processes">Where the kernel tells of processes.</param>
    /// <returns>Empty where the engine carries none so, or runs elsewhere.</returns>
    internal static IReadOnlySet<int> Carried(string processes = "/proc")
    {
        var ports = new HashSet<int>();
        if (!Directory.Exists(processes))
            return ports;
        foreach (var process in Directory.EnumerateDirectories(processes))
        {
            if (char.IsAsciiDigit(Path.GetFileName(process)[0]) && PortOf(Path.Combine(process, "cmdline")) is { } port)
                ports.Add(port);
        }

        return ports;
    }

    private static int? PortOf(string file)
    {
        try
        {
            var words = Encoding.UTF8.GetString(File.ReadAllBytes(file)).Split('\0');
            var at = Array.IndexOf(words, HostPort);
            return
                Path.GetFileName(words[0]) == Program
                && at >= 0
                && at + 1 < words.Length
                && int.TryParse(words[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? port
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return null;
        }
    }

    private sealed record Look(long At, HashSet<int> Ports);
}
