using System.Runtime.InteropServices;

namespace Verification.Load;

/// <summary>How soon a thread gets a processor that others want, too, once it has something to do.</summary>
public static class ThreadScheduling
{
    private const int Of64Bits = 48;
    private const long GetAttributes = 315;
    private const long SetAttributes = 314;
    private const ulong Slice = 100_000;
    private const uint RoundRobin = 2;
    private const ulong ResetOnFork = 1;

    /// <summary>Asks for a slice of 0.1 ms for the calling thread. The kernel (Linux 6.12 and later, on x86-64) lets one with a shorter
    /// slice go before one with a longer, and takes no more of the processor for it. Others take no notice; nobody needs a right for
    /// it.</summary>
    /// <returns>Whether the kernel has taken the wish.</returns>
    public static bool AskForShortSlice()
    {
        // Whatever else holds of the thread stays.
        if (Kept() is not { } attributes)
            return false;
        attributes.Runtime = Slice;
        return Call(SetAttributes, 0, ref attributes, 0, 0) == 0;
    }

    /// <summary>Asks that the calling thread goes before all that is not in real time (SCHED_RR, lowest priority), for one that does
    /// little and sleeps then. Threads that it starts go with all others. It takes a right that root has on most machines
    /// (CAP_SYS_NICE, or RLIMIT_RTPRIO).</summary>
    /// <returns>Whether it does.</returns>
    public static bool AskForRealTime()
    {
        if (!IsKnown)
            return false;
        var attributes = new SchedulingAttributes
        {
            Size = Of64Bits,
            Policy = RoundRobin,
            Flags = ResetOnFork,
            Priority = 1,
        };
        return Call(SetAttributes, 0, ref attributes, 0, 0) == 0;
    }

    /// <summary>What the kernel keeps of the calling thread: its policy, 0 for that of all others, and its slice, in ns, 0 where it keeps
    /// none.</summary>
    internal static (uint Policy, ulong Slice) Told() => Kept() is { } kept ? (kept.Policy, kept.Runtime) : (0, 0);

    private static bool IsKnown => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static SchedulingAttributes? Kept()
    {
        var attributes = new SchedulingAttributes();
        return IsKnown && Call(GetAttributes, 0, ref attributes, Of64Bits, 0) == 0 ? attributes : null;
    }

    // The last but one is the size that is read, or the flags that are set; the last the flags of reading.
    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Call(long number, nint thread, ref SchedulingAttributes attributes, nint sizeOrFlags, nint flags);

    /// <summary><c>struct sched_attr</c> of <c>sched_setattr(2)</c>, in its first form.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct SchedulingAttributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
