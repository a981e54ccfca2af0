using System.Runtime.InteropServices;

namespace Verification.Load;

/// <summary>How soon a thread gets a processor that others want, too, once it has something to do.</summary>
public static class ShortSlice
{
    private const int Of64Bits = 48;
    private const long GetAttributes = 315;
    private const long SetAttributes = 314;
    private const ulong Nanoseconds = 100_000;

    /// <summary>Asks for a slice of 0.1 ms for the calling thread. The kernel (Linux 6.12 and later, on x86-64) lets one with a shorter
    /// slice go before one with a longer, and takes no more of the processor for it. Others take no notice; nobody needs a right for
    /// it.</summary>
    /// <returns>Whether the kernel has taken the wish.</returns>
    public static bool Ask()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return false;
        var attributes = new SchedulingAttributes();
        // Whatever else holds of the thread stays.
        if (Call(GetAttributes, 0, ref attributes, Of64Bits, 0) != 0)
            return false;
        attributes.Runtime = Nanoseconds;
        return Call(SetAttributes, 0, ref attributes, 0, 0) == 0;
    }

    /// <summary>What the kernel keeps of the calling thread's slice, in ns; 0 where it keeps none.</summary>
    internal static ulong Kept()
    {
        var attributes = new SchedulingAttributes();
        return Call(GetAttributes, 0, ref attributes, Of64Bits, 0) == 0 ? attributes.Runtime : 0;
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
