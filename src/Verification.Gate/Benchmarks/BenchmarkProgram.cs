using System.Diagnostics;
using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Objectives;
using Verification.Stack.Leftovers;
using Verification.Stack;

namespace Verification.Gate.Benchmarks;

/// <summary>The program that <c>benchmarks/</c> builds.</summary>
internal static class BenchmarkProgram
{
    /// <summary>The benchmarks it holds, with what each measures.</summary>
    public static readonly IReadOnlyDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["boot"] = "from warm images to a platform that answers, beside its slowest component alone",
        ["stomp"] = "the STOMP client beside a bare socket, on each broker",
    };

    /// <summary>Runs one benchmark, its output passing through.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="UsageException">There is none of that name, or it is not built.</exception>
    public static async Task<int> RunAsync(ProjectRoot root, string name, Interruption interruption)
    {
        if (!Known.ContainsKey(name))
            throw new UsageException($"there is no bench {name}.{Suggestion.Question(name, Known.Keys)} There are: {string.Join("; ", Known.Select(bench => $"{bench.Key} ({bench.Value})"))}.");
        var program = Path.Combine(root.Path, "benchmarks", "bin", "Debug", "net10.0", "Benchmarks");
        if (!File.Exists(program))
            throw new UsageException($"{program} is not built. Build the solution: dotnet build Verification.sln");
        using var process = Process.Start(OwnSession.Of(program, [name])) ?? throw new IOException($"{program} did not start.");
        try
        {
            await process.WaitForExitAsync(interruption.Token).ConfigureAwait(false);
            return process.ExitCode;
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
