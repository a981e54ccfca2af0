using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Verification.Gate.Suites;

/// <summary>Ends a test process and all of its session.</summary>
internal static partial class SuiteProcess
{
    private const int Terminate = 15;
    private const int Kill = 9;

    /// <summary>How long it may go on after its pipe was closed, before SIGTERM.</summary>
    public static readonly TimeSpan AfterPipe = TimeSpan.FromSeconds(2);

    /// <summary>How long it may go on in all, before SIGKILL.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Closes its pipe, which it takes for the wish to end; then SIGTERM; then SIGKILL to its session.</summary>
    public static async Task StopAsync(Process process, TimeProvider time)
    {
        process.StandardInput.Close();
        if (await EndsWithinAsync(process, AfterPipe, time).ConfigureAwait(false))
            return;
        Signal(process, Terminate);
        if (await EndsWithinAsync(process, Patience - AfterPipe, time).ConfigureAwait(false))
            return;
        KillNow(process);
        await process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>SIGKILL to its session.</summary>
    public static void KillNow(Process process) => Signal(process, Kill);

    private static async Task<bool> EndsWithinAsync(Process process, TimeSpan limit, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        try
        {
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static void Signal(Process process, int signal)
    {
        if (process.HasExited)
            return;
        // It leads a session of its own where setsid is there: the negative id reaches whatever it started.
        if (KillNative(-process.Id, signal) != 0)
            _ = KillNative(process.Id, signal);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int KillNative(int pid, int signal);
}
