using System.Diagnostics;
using Verification.Objectives;

namespace Verification.Stack.Leftovers;

/// <summary>A process in a session of its own that holds our pipe. When the pipe closes without a word, its starter is dead:
/// it ends the processes of the run and removes all that carries the run's label.</summary>
public sealed class Watchdog
{
    private const string Dismissal = "done";
    private readonly Process process;

    private Watchdog(Process process) => this.process = process;

    /// <summary>Starts the watchdog of a run.</summary>
    public static Watchdog Start(RunFolder folder)
    {
        var start = OwnSession.Of(
            DotnetHost.Path,
            [Path.Combine(AppContext.BaseDirectory, "Verification.Stack.dll"), "watch", folder.Path]
        );
        start.RedirectStandardInput = true;
        // Its own output would keep the starter's terminal or pipe open after the starter's end.
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return new Watchdog(Process.Start(start) ?? throw new InvalidOperationException("The watchdog did not start."));
    }

    /// <summary>Tells the watchdog that the run has ended properly.</summary>
    public void Dismiss()
    {
        try
        {
            process.StandardInput.WriteLine(Dismissal);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        process.Dispose();
    }

    /// <summary>The watchdog's own life: waits for the end of standard input, then cleans up after a dead starter.</summary>
    internal static async Task<int> WatchAsync(RunFolder folder)
    {
        var word = await Console.In.ReadLineAsync().ConfigureAwait(false);
        if (word == Dismissal)
            return 0;

        RunProcesses.EndAll(folder);
        using var engine = await Engine.DockerEngine.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        await new Sweeper(engine).EndRunAsync(folder, CancellationToken.None).ConfigureAwait(false);
        return 0;
    }
}
