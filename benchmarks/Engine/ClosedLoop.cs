using System.Diagnostics;
using NBomber.CSharp;
using Verification.Benchmarks.Engine.Peers;
using Verification.Benchmarks.Engine.Servers;
using Verification.Load;
using Verification.Objectives;

namespace Verification.Benchmarks.Engine;

/// <summary>How many requests a second the engine makes over 32 connections that ask again once they were answered, beside other
/// generators in the same rounds.</summary>
/// <param name="server">Who is asked.</param>
/// <param name="peers">The others.</param>
/// <param name="run">The run.</param>
internal sealed class ClosedLoop(StaticServer server, IReadOnlyList<ClosedLoopPeer> peers, RunFolder run)
{
    private const int Rounds = 5;
    private const int Seconds = 4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private readonly Dictionary<string, List<double>> rates = [];
    private readonly Dictionary<string, List<double>> costs = [];

    /// <summary>Measures all of them, each round beginning with another.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var transport = new SocketTransport(server.Address, TimeSpan.FromSeconds(10));
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        var contenders = new List<(string Name, Func<CancellationToken, Task<double>> Measure)>
        {
            (EngineFigures.Sockets, ct => EngineAsync(EngineFigures.Sockets, EngineClients.Sockets(transport), ct)),
            (EngineFigures.Handler, ct => EngineAsync(EngineFigures.Handler, EngineClients.Handler(invoker, server.Address), ct)),
        };
        foreach (var peer in peers)
            contenders.Add((peer.Program.Name, ct => peer.RunAsync(run, server.Address, Seconds, ct)));

        // Compiled, connected, collected: what begins is not measured.
        await EngineLoad.RunAsync(EngineClients.Sockets(transport), Load(WarmUp), TimeSpan.Zero, cancellationToken);
        await EngineLoad.RunAsync(EngineClients.Handler(invoker, server.Address), Load(WarmUp), TimeSpan.Zero, cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, measure) in contenders.Skip(round % contenders.Count).Concat(contenders.Take(round % contenders.Count)))
                Of(rates, name).Add(await measure(cancellationToken));
            Console.WriteLine(
                $"round {round + 1}: {string.Join(", ", contenders.Select(each => $"{each.Name} {rates[each.Name][^1]:N0}/s"))}; us of client CPU: {string.Join(", ", costs.Select(each => $"{each.Key} {each.Value[^1]:0.0}"))}"
            );
        }
    }

    /// <summary>The median of the rounds' ratios; null where one of the two was not measured.</summary>
    public double? Ratio(string name, string to) =>
        rates.TryGetValue(name, out var ours) && rates.TryGetValue(to, out var theirs)
            ? Medians.Of(ours.Zip(theirs, (one, other) => one / other))
            : null;

    /// <summary>The median of the requests a second.</summary>
    public double Rate(string name) => Medians.Of(rates[name]);

    /// <summary>The median of the processor time that one of the engine's requests took, in µs: of this whole process, nothing taken
    /// off.</summary>
    public double Microseconds(string name) => Medians.Of(costs[name]);

    private async Task<double> EngineAsync(
        string name,
        Func<Task<NBomber.Contracts.Response<object>>> ask,
        CancellationToken cancellationToken
    )
    {
        GC.Collect();
        var (cpu, since) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var result = await EngineLoad.RunAsync(ask, Load(TimeSpan.FromSeconds(Seconds)), TimeSpan.Zero, cancellationToken);
        var made = result.Operations[0].Ok;
        Of(costs, name).Add((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / made);
        return made / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private static NBomber.Contracts.LoadSimulation Load(TimeSpan during) =>
        Simulation.KeepConstant(copies: EngineLoad.Connections, during: during);

    private static List<double> Of(Dictionary<string, List<double>> figures, string name)
    {
        if (!figures.TryGetValue(name, out var list))
            figures[name] = list = [];
        return list;
    }
}
