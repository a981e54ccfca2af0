using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Verification.Tests.Chaos.Healing;

/// <summary>This program as a suite that is killed while a fault is applied: started with the variable below it attaches to a stack,
/// applies the fault, says so, and runs no test.</summary>
internal static class KilledSuite
{
    private const string Variable = "CHAOS_LEAVES_FAULT";

    /// <summary>Has a fault applied by a process of its own, and kills that once the fault is seen to have worked.</summary>
    /// <param name="stack">The stack's description.</param>
    /// <param name="run">The run of the process, in whose journal the fault is.</param>
    /// <param name="kind">Kind of fault.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">The process did not come to apply it.</exception>
    public static async Task LeaveAsync(string stack, RunFolder run, string kind, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Chaos"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[Variable] = string.Join('|', stack, run.Path, kind);
        using var suite = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        try
        {
            if (await suite.StandardOutput.ReadLineAsync(cancellationToken) is null)
                throw new InvalidOperationException(
                    $"{kind} was not applied: {await suite.StandardError.ReadToEndAsync(cancellationToken)}"
                );
        }
        finally
        {
            // SIGKILL: it heals nothing.
            suite.Kill();
            await suite.WaitForExitAsync(CancellationToken.None);
        }
    }

    [ModuleInitializer]
    internal static void ApplyIfTold()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is not [var stack, var run, var kind])
            return;
        try
        {
            Apply(stack, new RunFolder(run), kind);
            Console.WriteLine("applied");
            // Until it is killed, or whoever should kill it has ended.
            Console.In.ReadToEnd();
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e);
        }

        Environment.Exit(1);
    }

    // No other thread enters this module before its initializer has ended: nothing here goes on on one.
    private static void Apply(string file, RunFolder run, string kind)
    {
        var stack = AttachedStack.AttachAsync(file, CancellationToken.None).GetAwaiter().GetResult();
        var history = new ScenarioHistory(new HistoryLog(run.History, TimeProvider.System), "a scenario that is killed");
        new FaultInjector(stack.Description, history, new FaultJournal(run), TimeProvider.System)
            .InjectAsync(LeavableFaults.Of(stack, kind), CancellationToken.None)
            .GetAwaiter()
            .GetResult();
    }
}
