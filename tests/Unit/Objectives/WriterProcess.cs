using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Verification.Objectives;

namespace Verification.Tests.Unit.Objectives;

/// <summary>This program as one of several processes that write a history: started with the variable below it writes, and runs no
/// test.</summary>
internal sealed class WriterProcess : IDisposable
{
    private const string Variable = "UNIT_WRITES_HISTORY";
    private const int Told = 200;
    private readonly Process process;

    private WriterProcess(Process process) => this.process = process;

    /// <summary>Starts a process that writes events named <paramref name="name"/>, each with its number as the detail, from 0.</summary>
    /// <param name="file">The history.</param>
    /// <param name="name">Name of its events.</param>
    /// <param name="lines">How many; 0 for as many as it can until it is ended.</param>
    /// <param name="buffering">How it gathers them; null for not at all.</param>
    public static WriterProcess Start(string file, string name, int lines, Buffering? buffering)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Unit"))
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[Variable] = string.Join('|', file, name, lines, buffering?.Every.TotalMilliseconds, buffering?.Bytes);
        return new WriterProcess(Process.Start(start) ?? throw new IOException($"{start.FileName} did not start."));
    }

    /// <summary>Waits until it has appended so many more lines.</summary>
    public async Task HaveWrittenAsync(int lines, CancellationToken cancellationToken)
    {
        for (var told = 0; told < lines; told += Told)
        {
            if (await process.StandardOutput.ReadLineAsync(cancellationToken) is null)
                throw new InvalidOperationException("The writer has ended.");
        }
    }

    /// <summary>Ends it without a chance to write what it has gathered.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    [ModuleInitializer]
    internal static void WriteIfTold()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is not [var file, var name, var lines, var every, var bytes])
            return;
        using (
            var log =
                every.Length == 0
                    ? new HistoryLog(file, TimeProvider.System)
                    : HistoryLog.Open(file, TimeProvider.System, new Buffering(TimeSpan.FromMilliseconds(Number(every)), Number(bytes)))
        )
        {
            Write(log, name, Number(lines));
        }

        Environment.Exit(0);
    }

    private static void Write(HistoryLog log, string name, int lines)
    {
        for (var number = 0; lines == 0 || number < lines; number++)
        {
            log.Append(HistoryLine.Event(name, null, log.Now, number.ToString(CultureInfo.InvariantCulture)));
            if ((number + 1) % Told == 0)
                Console.WriteLine(number);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
