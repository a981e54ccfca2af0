using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;
using Verification.Stack.Starting;
using Verification.Stomp;

namespace Verification.Benchmarks.Stomp;

/// <summary>Persistent sends with pipelined receipts on one connection, from the first byte to the last receipt, beside a bare
/// socket under the same
/// load: on each broker in pairs, which of the two begins alternating, all messages counted in the queue after each.</summary>
internal static class StompBenchmark
{
    private const int Pairs = 5;
    private static readonly SendLoad Load = new(100_000);
    private static readonly SendLoad WarmUp = new(5_000);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        using var machine = await MachineLock.TakeAsync(
            holder => Console.WriteLine($"{holder} measures on this machine: waiting for it"),
            cancellationToken
        );
        using var engine = await DockerEngine.ConnectAsync(cancellationToken);
        var settings = SessionSettings.FromEnvironment();
        var store = new ImageStore(engine, settings.Root);
        var figures = new List<BrokerFigures>();
        foreach (var kind in settings.Request.Broker is { } named ? [named] : Enum.GetValues<BrokerKind>())
        {
            if (await store.CanHaveAsync(StackStarter.NameOf(kind), new Progress<ImageProgress>(), cancellationToken))
                figures.Add(await MeasureAsync(settings, store, kind, cancellationToken));
            else
                Console.WriteLine($"{StackStarter.NameOf(kind)}: left out, as no image of it can be had");
        }

        var ratios = figures.Select(
            (each, index) => $"{each.Ratio:0.00} x {(index == 0 ? "bare socket " : "")}on {each.Broker} ({each.PerSecond:N0}/s)"
        );
        Console.WriteLine(
            $"stomp: {string.Join(", ", ratios)}, {string.Join(" and ", figures.Select(each => $"{each.CpuMicroseconds:0.0}"))} us of client CPU a send, medians of {Pairs}"
        );
    }

    private static async Task<BrokerFigures> MeasureAsync(
        SessionSettings settings,
        ImageStore store,
        BrokerKind kind,
        CancellationToken cancellationToken
    )
    {
        var name = StackStarter.NameOf(kind);
        var images = await store.ResolveAsync(
            StackStarter.ComponentsOf(kind),
            settings.Images.WithBroker(name),
            new Progress<ImageProgress>(),
            cancellationToken
        );
        await using var run = Run.Start(settings.Root);
        await StackStarter.StartAloneAsync(
            new StackOptions(settings.Root, run.Folder, images, kind, settings.Sut),
            "activemq",
            cancellationToken
        );
        await using var stack = await AttachedStack.AttachAsync(run.Folder.Stack, cancellationToken);
        var broker = stack.BrokerOptions(stack.Instance(InstanceRole.Broker)) with { ReceiptTimeout = Patience };

        Console.WriteLine($"{name}: {Load.Messages:N0} sends of {SendLoad.BodySize} B, at most {SendLoad.Window:N0} unconfirmed");
        await PairAsync(broker, WarmUp, clientFirst: true, cancellationToken);
        var pairs = new List<(SendFigures Client, SendFigures Bare)>();
        for (var pair = 1; pair <= Pairs; pair++)
        {
            var (client, bare) = await PairAsync(broker, Load, clientFirst: pair % 2 == 1, cancellationToken);
            pairs.Add((client, bare));
            Console.WriteLine(
                $"pair {pair}: client {client.PerSecond:N0}/s, {client.CpuMicroseconds:0.0} us; bare socket {bare.PerSecond:N0}/s, {bare.CpuMicroseconds:0.0} us; {client.PerSecond / bare.PerSecond:0.00} x"
            );
        }

        return new BrokerFigures(
            name,
            Medians.Of(pairs.Select(each => each.Client.PerSecond / each.Bare.PerSecond)),
            Medians.Of(pairs.Select(each => each.Client.PerSecond)),
            Medians.Of(pairs.Select(each => each.Client.CpuMicroseconds))
        );
    }

    private static async Task<(SendFigures Client, SendFigures Bare)> PairAsync(
        StompOptions broker,
        SendLoad load,
        bool clientFirst,
        CancellationToken cancellationToken
    )
    {
        async Task<SendFigures> CountedAsync(Func<Task<SendFigures>> send)
        {
            var figures = await send();
            await QueueCount.ExpectAsync(broker, load.Messages, cancellationToken);
            return figures;
        }

        Task<SendFigures> ClientAsync() => CountedAsync(() => PipelinedClient.SendAsync(broker, load, cancellationToken));
        Task<SendFigures> BareAsync() => CountedAsync(() => Task.FromResult(BareSocket.Send(broker, load, cancellationToken)));

        if (clientFirst)
            return (await ClientAsync(), await BareAsync());
        var bare = await BareAsync();
        return (await ClientAsync(), bare);
    }
}
