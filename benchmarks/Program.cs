using Verification.Benchmarks;
using Verification.Benchmarks.Archiving;
using Verification.Benchmarks.Engine;
using Verification.Benchmarks.Engine.Servers;
using Verification.Benchmarks.Recording;
using Verification.Benchmarks.Restoring;
using Verification.Benchmarks.Stomp;
using Verification.Gate.Benchmarks;
using Verification.Objectives;
using Verification.Stack.Sessions;

if (args is [ArrivalServer.Command])
    return ArrivalServer.Serve(Console.In, Console.Out);

if (args is not [var name] || BenchmarkNames.Find(name) is not { } benchmark)
{
    await Console.Error.WriteLineAsync($"Which benchmark? Known: {string.Join(", ", BenchmarkNames.All.Select(BenchmarkNames.Name))}.");
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
    await RunAsync(benchmark, interrupt.Token);
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
    await Console.Error.WriteLineAsync(
        $"verify: {fault ?? $"bench {name} gave no figure ({e.GetType().Name}): {Quotation.Lines(e.Message)}"}"
    );
    return fault is null ? ExitCodes.Unknown : ExitCodes.Machine;
}

#pragma warning disable CS8524 // A benchmark without a name is none; one without an arm does not compile.
// Each prints its rows, and as its last line the figure.
static Task RunAsync(Benchmark benchmark, CancellationToken cancellationToken) =>
    benchmark switch
    {
        Benchmark.Boot => BootBenchmark.RunAsync(cancellationToken),
        Benchmark.Stomp => StompBenchmark.RunAsync(cancellationToken),
        Benchmark.Record => RecordBenchmark.RunAsync(cancellationToken),
        Benchmark.Restore => RestoreBenchmark.RunAsync(cancellationToken),
        Benchmark.Archive => ArchiveBenchmark.RunAsync(cancellationToken),
        Benchmark.Engine => EngineBenchmark.RunAsync(cancellationToken),
    };
#pragma warning restore CS8524
