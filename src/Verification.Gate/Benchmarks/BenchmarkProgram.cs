using System.Diagnostics;
using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Leftovers;

namespace Verification.Gate.Benchmarks;

/// <summary>The program that <c>benchmarks/</c> builds.</summary>
internal static class BenchmarkProgram
{
    /// <summary>Runs one benchmark, its output passing through.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="UsageException">There is none of that name, or it is not built.</exception>
    public static async Task<int> RunAsync(ProjectRoot root, string name, Interruption interruption)
    {
        if (BenchmarkNames.Find(name) is null)
            throw new UsageException(
                $"there is no bench {name}.{Suggestion.Question(name, BenchmarkNames.All.Select(BenchmarkNames.Name))} There are: {string.Join("; ", BenchmarkNames.All.Select(each => $"{each.Name()} ({each.Measures()})"))}."
            );
        var program = Path.Combine(root.Path, "benchmarks", "bin", "Debug", "net10.0", "Benchmarks");
        if (!File.Exists(program))
            throw new UsageException($"{program} is not built. Build the solution: dotnet build Verification.sln");
        using var process = Process.Start(OwnSession.Of(program, [name])) ?? throw new IOException($"{program} did not start.");
        try
        {
            await process.WaitForExitAsync(interruption.Token).ConfigureAwait(false);
            // One that died has an exit code that says nothing here.
            return process.ExitCode is ExitCodes.Pass or ExitCodes.Usage or ExitCodes.Unknown or ExitCodes.Machine or ExitCodes.Interrupted
                ? process.ExitCode
                : throw new InvalidOperationException($"bench {name} died with exit code {process.ExitCode}.");
        }
        catch (OperationCanceledException)
        {
            // Its own watchdog removes what it has started.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
