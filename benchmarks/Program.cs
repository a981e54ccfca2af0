using Verification.Benchmarks;
using Verification.Benchmarks.Stomp;
using Verification.Objectives;
using Verification.Stack.Sessions;

// Each benchmark prints its rows, and as its last line the figure.
Dictionary<string, Func<CancellationToken, Task>> benchmarks = new()
{
    ["boot"] = BootBenchmark.RunAsync,
    ["stomp"] = StompBenchmark.RunAsync,
};

if (args is not [var name] || !benchmarks.TryGetValue(name, out var run))
{
    await Console.Error.WriteLineAsync($"Which benchmark? Known: {string.Join(", ", benchmarks.Keys)}.");
    return ExitCodes.Usage;
}

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupt.Cancel();
};
try
{
    await run(interrupt.Token);
    return ExitCodes.Pass;
}
catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
{
    return ExitCodes.Interrupted;
}
catch (Exception e)
{
    // A measurement that broke is no figure, and no failure of anything measured.
    var fault = MachineFault.Of(e);
    await Console.Error.WriteLineAsync($"verify: {fault ?? $"bench {name} gave no figure ({e.GetType().Name}): {Quotation.Lines(e.Message)}"}");
    return fault is null ? ExitCodes.Unknown : ExitCodes.Machine;
}
