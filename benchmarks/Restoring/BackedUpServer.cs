using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;
using Verification.Stack.Starting;
using Verification.Stack.Topologies;

namespace Verification.Benchmarks.Restoring;

/// <summary>One MySQL server, its archiver and an S3 target, on a machine on which nobody else measures; removed in the end.</summary>
internal sealed class BackedUpServer : IAsyncDisposable
{
    private static readonly string[] Parts = ["mysql", "object-store", "archiver"];
    private readonly HeldFile machine;
    private readonly DockerEngine engine;
    private readonly Run run;

    private BackedUpServer(HeldFile machine, DockerEngine engine, Run run, AttachedStack stack)
    {
        (this.machine, this.engine, this.run, Stack) = (machine, engine, run, stack);
        Procedures = new BackupShell(stack, stack.Instance(new Role("backup")));
    }

    /// <summary>The containers.</summary>
    public AttachedStack Stack { get; }

    /// <summary>A shell beside the archiver.</summary>
    public BackupShell Procedures { get; }

    /// <summary>Waits until nobody else measures, and starts it.</summary>
    public static async Task<BackedUpServer> StartAsync(CancellationToken cancellationToken)
    {
        var machine = await MachineLock.TakeAsync(
            holder => Console.WriteLine($"{holder} measures on this machine: waiting for it"),
            cancellationToken
        );
        var engine = await DockerEngine.ConnectAsync(cancellationToken);
        var settings = SessionSettings.FromEnvironment();
        var topology = new Topology(
            "restore",
            [
                .. KnownTopologies
                    .With(KnownTopologies.OneOfEach, KnownTopologies.Backup)
                    .Parts.Where(part => Parts.Contains(part.Name))
                    .OrderBy(part => Array.IndexOf(Parts, part.Name)),
            ]
        );
        var images = await new ImageStore(engine, settings.Root).ResolveAsync(
            StackStarter.ComponentsOf(topology, BrokerKind.Artemis),
            settings.Images,
            new Progress<ImageProgress>(),
            cancellationToken
        );
        var run = Run.Start(settings.Root);
        try
        {
            await StackStarter.StartAsync(
                new StackOptions(settings.Root, run.Folder, images, BrokerKind.Artemis, settings.Sut) { Topology = topology },
                progress: null,
                cancellationToken
            );
            return new BackedUpServer(machine, engine, run, await AttachedStack.AttachAsync(run.Folder.Stack, cancellationToken));
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Stack.DisposeAsync();
        await run.DisposeAsync();
        engine.Dispose();
        machine.Dispose();
    }
}
