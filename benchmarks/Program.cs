using Verification.Benchmarks;
using Verification.Benchmarks.Stomp;

// Each benchmark prints its rows, and as its last line the figure.
Dictionary<string, Func<CancellationToken, Task>> benchmarks = new()
{
    ["boot"] = BootBenchmark.RunAsync,
    ["stomp"] = StompBenchmark.RunAsync,
};

if (args is not [var name] || !benchmarks.TryGetValue(name, out var run))
{
    await Console.Error.WriteLineAsync($"Which benchmark? Known: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
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
    return 0;
}
catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
{
    return 130;
}
