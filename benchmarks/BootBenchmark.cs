using System.Diagnostics;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;
using Verification.Stack.Starting;

namespace Verification.Benchmarks;

/// <summary>From warm images to a platform that answers, beside each of its slow components started alone in the same round.</summary>
internal static class BootBenchmark
{
    private const int Rounds = 5;
    private static readonly string[] Alone = ["mysql", "activemq", "redis cluster"];

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        using var machine = await MachineLock.TakeAsync(
            holder => Console.WriteLine($"{holder} measures on this machine: waiting for it"),
            cancellationToken
        );
        using var engine = await DockerEngine.ConnectAsync(cancellationToken);
        var settings = SessionSettings.FromEnvironment();
        var store = new ImageStore(engine, settings.Root);
        var progress = new Progress<ImageProgress>();
        var broker = settings.Request.Broker ?? await BrokerChoice.DefaultAsync(store, progress, Console.WriteLine, cancellationToken);
        var images = await store.ResolveAsync(
            StackStarter.ComponentsOf(broker),
            settings.Images.WithBroker(StackStarter.NameOf(broker)),
            progress,
            cancellationToken
        );

        async Task<double> MeasureAsync(Func<StackOptions, Task> start)
        {
            await using var run = Run.Start(settings.Root);
            var options = new StackOptions(settings.Root, run.Folder, images, broker, settings.Sut);
            var watch = Stopwatch.StartNew();
            await start(options);
            return watch.Elapsed.TotalSeconds;
        }

        await MeasureAsync(options => StackStarter.StartAsync(options, progress: null, cancellationToken));
        var whole = new List<double>();
        var alone = Alone.ToDictionary(name => name, _ => new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            whole.Add(await MeasureAsync(options => StackStarter.StartAsync(options, progress: null, cancellationToken)));
            foreach (var name in Alone)
                alone[name].Add(await MeasureAsync(options => StackStarter.StartAloneAsync(options, name, cancellationToken)));
            Console.WriteLine(
                $"round {round}: whole {whole[^1]:0.00} s, {string.Join(", ", Alone.Select(name => $"{name} alone {alone[name][^1]:0.00} s"))}"
            );
        }

        var slowest = Alone.MaxBy(name => Medians.Of(alone[name]))!;
        var ratio = Medians.Of(whole.Zip(alone[slowest], (all, one) => all / one));
        Console.WriteLine($"boot: {Medians.Of(whole):0.0} s, {ratio:0.0} x slowest alone ({slowest.Split(' ')[0]}), medians of {Rounds}");
    }
}
