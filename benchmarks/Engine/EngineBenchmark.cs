using Verification.Benchmarks.Engine.Peers;
using Verification.Benchmarks.Engine.Servers;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;

namespace Verification.Benchmarks.Engine;

/// <summary>The load engine beside others, over loopback: a closed loop against nginx in five rounds, and an open loop of 5,000 requests a
/// second against a server that notes when each arrives.</summary>
internal static class EngineBenchmark
{
    /// <summary>Measures.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no nginx to ask.</exception>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var root = SessionSettings.FromEnvironment().Root;
        await using var run = Run.Start(root);
        var missing = new List<string>();
        var programs = new ForeignPrograms(missing.Add);
        await programs.GetAsync(cancellationToken);
        var autocannon = await programs.AutocannonAsync(root, run.Folder, cancellationToken);
        var vegeta = programs.OfTools("vegeta");
        foreach (var line in missing)
            Console.WriteLine($"not measured: {line}");
        if (programs.OfDebian("nginx") is not { } nginx)
            throw new PlatformNotSupportedException($"There is no nginx to ask. {string.Join(". ", missing)}");

        using var machine = await MachineLock.TakeAsync(
            holder => Console.WriteLine($"{holder} measures on this machine: waiting for it"),
            cancellationToken
        );
        using var server = await StaticServer.StartAsync(nginx, run.Folder, cancellationToken);
        var closed = new ClosedLoop(
            server,
            [
                ClosedLoopPeer.Wrk(programs.OfDebian("wrk")!),
                ClosedLoopPeer.Hey(programs.OfDebian("hey")!),
                .. autocannon is null ? (ClosedLoopPeer[])[] : [ClosedLoopPeer.Autocannon(autocannon)],
            ],
            run.Folder
        );
        await closed.RunAsync(cancellationToken);

        var open = new OpenLoop(run.Folder);
        var sending = await open.EngineAsync(cancellationToken);
        Console.WriteLine($"engine at 5,000/s: {sending}");
        if (vegeta is not null)
            Console.WriteLine($"vegeta at 5,000/s: {await open.VegetaAsync(vegeta, cancellationToken)}");

        var figures = new EngineFigures(closed, sending);
        foreach (var aim in figures.Aims())
            Console.WriteLine(aim);
        Console.WriteLine(figures);
    }
}
