using System.Globalization;

namespace Verification.Observability;

/// <summary>How busy the processors of this machine are from a moment on, as Linux counts it (<c>/proc/stat</c>).</summary>
public sealed class HostCpu
{
    /// <summary>The share of their time above which what is late says nothing of the platform: others took what it needed.</summary>
    public const double Bound = 0.9;

    private const string File = "/proc/stat";
    private readonly Func<string?> read;
    private readonly (long Busy, long All) begun;

    /// <summary>Counts from now on.</summary>
    public HostCpu()
        : this(FirstLine) { }

    internal HostCpu(Func<string?> read) => (this.read, begun) = (read, Parse(read()));

    /// <summary>The share of all processors' time in which they worked, 0 to 1; null where nothing tells.</summary>
    public double? Share
    {
        get
        {
            var (busy, all) = Parse(read());
            return all > begun.All ? (busy - begun.Busy) / (double)(all - begun.All) : null;
        }
    }

    /// <summary>Why nothing can be said of what was late; null where the machine was not too busy.</summary>
    public string? Excess =>
        Share is { } share and > Bound
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"the processors of this machine were busy for {share:P0} of the time, more than {Bound:P0}: run it again when nothing else runs here"
            )
            : null;

    private static string? FirstLine() => System.IO.File.Exists(File) ? System.IO.File.ReadLines(File).First() : null;

    /// <summary>cpu user nice system idle iowait irq softirq steal …, in hundredths of a second; what guests take is in user.</summary>
    private static (long Busy, long All) Parse(string? line)
    {
        if (line is null)
            return default;
        var times = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Take(8)
            .Select(time => long.Parse(time, CultureInfo.InvariantCulture))
            .ToArray();
        var all = times.Sum();
        return (all - times[3] - times[4], all);
    }
}
