using System.Diagnostics;

namespace Verification.Benchmarks.Stomp;

/// <summary>Clock and processor time of this process from one moment to another.</summary>
internal sealed class SendMeasuring
{
    private readonly long since;
    private readonly TimeSpan cpu;

    private SendMeasuring(long since, TimeSpan cpu)
    {
        this.since = since;
        this.cpu = cpu;
    }

    /// <summary>From now on.</summary>
    public static SendMeasuring Start()
    {
        // What others have left behind is not collected on our time.
        GC.Collect();
        return new SendMeasuring(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    /// <summary>Until now.</summary>
    public SendFigures Stop(int messages) =>
        new(messages / Stopwatch.GetElapsedTime(since).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / messages);
}
