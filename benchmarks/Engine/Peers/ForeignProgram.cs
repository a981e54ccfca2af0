using System.Diagnostics;
using Verification.Objectives;
using Verification.Stack.Leftovers;

namespace Verification.Benchmarks.Engine.Peers;

/// <summary>A program that is no part of this project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">What is started.</param>
/// <param name="Before">Arguments before its own.</param>
internal sealed record ForeignProgram(string Name, string Path, IReadOnlyList<string> Before)
{
    private const int Told = 300;

    /// <summary>Starts it, in a session of its own that ends with the run.</summary>
    public Process Start(RunFolder run, params IReadOnlyList<string> arguments)
    {
        var start = OwnSession.Of(Path, [.. Before, .. arguments]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start) ?? throw new IOException($"{Name} did not start.");
        RunProcesses.Note(run, process);
        return process;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it has printed.</returns>
    /// <exception cref="InvalidDataException">It failed.</exception>
    public async Task<string> RunAsync(RunFolder run, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var process = Start(run, arguments);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? output
                : throw new InvalidDataException($"{Name} ended with {process.ExitCode}: {Quotation.Of(Last(await error))}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string Last(string text) => text.Trim() is { Length: > Told } whole ? whole[^Told..] : text.Trim();
}
