using System.Runtime.InteropServices;

namespace Verification.Load;

/// <summary>Rests to some µs: sleeps for most of it, and spins for what the kernel may be late by.</summary>
internal static class PreciseRest
{
    /// <summary>A sleeper is woken up to 50 µs late (the kernel's slack of timers), and needs the processor back.</summary>
    private static readonly TimeSpan Spun = TimeSpan.FromMicroseconds(100);

    /// <summary>After so long it is looked whether it was cancelled.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    /// <summary>Rests for at most so long: who comes back early is to rest again.</summary>
    public static void For(TimeSpan span, CancellationToken cancellationToken)
    {
        if (span > Spun && !cancellationToken.IsCancellationRequested)
            Sleep(span - Spun < Longest ? span - Spun : Longest);
        else
            Thread.SpinWait(10);
    }

    private static void Sleep(TimeSpan span)
    {
        // In parts of a second: the longest is below one. A signal ends it early, and it rests again.
        var request = new Timespec(0, (nint)(span.Ticks * TimeSpan.NanosecondsPerTick));
        _ = NanoSleep(in request, 0);
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NanoSleep(in Timespec request, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Timespec(nint Seconds, nint Nanoseconds);
}
