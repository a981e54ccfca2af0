using System.Globalization;
using NBomber.CSharp;
using Verification.Benchmarks.Engine.Peers;
using Verification.Benchmarks.Engine.Servers;
using Verification.Load;
using Verification.Objectives;

namespace Verification.Benchmarks.Engine;

/// <summary>How exactly 5,000 requests a second are sent, as the receiving server's clock sees it.</summary>
/// <param name="run">The run.</param>
internal sealed class OpenLoop(RunFolder run)
{
    private const int Rate = 5000;
    private const int Seconds = 20;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>The engine.</summary>
    /// <exception cref="InvalidDataException">Not all that was planned arrived.</exception>
    public async Task<SendErrors> EngineAsync(CancellationToken cancellationToken)
    {
        using var arrivals = await Arrivals.StartAsync(run, cancellationToken);
        using var transport = new SocketTransport(arrivals.Address, TimeSpan.FromSeconds(10));
        var ask = EngineClients.Sockets(transport);
        await EngineLoad.RunAsync(ask, Load(WarmUp), TimeSpan.Zero, cancellationToken);
        GC.Collect();
        await arrivals.BeginAsync(cancellationToken);
        var result = await EngineLoad.RunAsync(ask, Load(TimeSpan.FromSeconds(Seconds)), TimeSpan.Zero, cancellationToken);
        Console.WriteLine($"open loop: {result.Operations[0]}; {result.GeneratorCores:0.00} cores");
        return SendErrors.Of(await SeenAsync(arrivals, least: Rate * Seconds, cancellationToken), Rate);
    }

    /// <summary>vegeta at the same rate. It ends with its time, and leaves out what it has not sent by then.</summary>
    /// <exception cref="InvalidDataException">More than one of a hundred did not arrive.</exception>
    public async Task<SendErrors> VegetaAsync(ForeignProgram vegeta, CancellationToken cancellationToken)
    {
        using var arrivals = await Arrivals.StartAsync(run, cancellationToken);
        await arrivals.BeginAsync(cancellationToken);
        await vegeta.RunAsync(
            run,
            [
                "attack",
                $"-rate={Rate}/s",
                string.Create(CultureInfo.InvariantCulture, $"-duration={Seconds}s"),
                $"-output={Path.Combine(run.Path, "vegeta")}",
            ],
            $"GET {arrivals.Address}",
            cancellationToken
        );
        return SendErrors.Of(await SeenAsync(arrivals, least: Rate * Seconds * 99 / 100, cancellationToken), Rate);
    }

    private static NBomber.Contracts.LoadSimulation Load(TimeSpan during) =>
        Simulation.Inject(rate: Rate, interval: Second, during: during);

    private static async Task<long[]> SeenAsync(Arrivals arrivals, int least, CancellationToken cancellationToken)
    {
        var seen = await arrivals.EndAsync(cancellationToken);
        return seen.Length >= least ? seen : throw new InvalidDataException($"{seen.Length} of {Rate * Seconds} requests have arrived.");
    }
}
