using Verification.Gate.Commands;
using Verification.Gate.Progress;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components.Logging;
using Verification.Stack.Components.Watching;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;
using Verification.Stack.Starting;

namespace Verification.Gate.Platform;

/// <summary>Images, and stacks for people, on this machine's Docker engine.</summary>
internal static class DockerPlatform
{
    /// <summary>What people look at beside the services.</summary>
    private static readonly Role[] Shown = [WatchingRole.Prometheus, WatchingRole.Alertmanager, LoggingRole.Elasticsearch];

    /// <summary>Makes every image available, in parallel: those of the platform, and further components.</summary>
    /// <exception cref="ImageException">One can't be had.</exception>
    public static async Task<PreparedPlatform> PrepareAsync(
        PlatformChoice choice,
        ProgressLines progress,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> further
    )
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var store = new ImageStore(engine, choice.Root);
        var told = new Told<ImageProgress>(step => progress.Say($"image {step.Component}: {step.Step}"));
        var broker = choice.Broker ?? await BrokerChoice.DefaultAsync(store, told, progress.Say, cancellationToken).ConfigureAwait(false);
        var overrides = SessionSettings
            .ImagesOf(SutFile.Read(choice.Sut), new ImageOverrides(choice.Images))
            .WithBroker(StackStarter.NameOf(broker));
        return new PreparedPlatform(
            broker,
            await store
                .ResolveAsync([.. StackStarter.ComponentsOf(choice.Topology, broker), .. further], overrides, told, cancellationToken)
                .ConfigureAwait(false)
        );
    }

    /// <summary>Makes the images of the previous release available.</summary>
    /// <exception cref="ImageException">One can't be had.</exception>
    public static async Task<IReadOnlyList<ComponentImage>> PreparePreviousAsync(
        ProjectRoot root,
        IReadOnlyDictionary<string, string> previous,
        ProgressLines progress,
        CancellationToken cancellationToken
    )
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await PreviousRelease
            .ResolveAsync(
                new ImageStore(engine, root),
                previous,
                new Told<ImageProgress>(step => progress.Say($"image previous {step.Component}: {step.Step}")),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Starts a stack that stays, and tells where it listens.</summary>
    /// <param name="choice">Which platform.</param>
    /// <param name="ports">Where its services listen on this machine.</param>
    /// <param name="destructive">Whether a gate that measures it may break it.</param>
    /// <param name="progress">Told each step.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MachineException">A port is taken; nothing was made.</exception>
    public static async Task UpAsync(
        PlatformChoice choice,
        WantedPorts ports,
        bool destructive,
        ProgressLines progress,
        CancellationToken cancellationToken
    )
    {
        await MustBeFreeAsync(ports, cancellationToken).ConfigureAwait(false);
        var prepared = await PrepareAsync(choice, progress, cancellationToken).ConfigureAwait(false);
        var run = Run.Start(choice.Root);
        await using var end = run.ConfigureAwait(false);
        var options = new StackOptions(choice.Root, run.Folder, prepared.Images, prepared.Broker, SutFile.Read(choice.Sut), Kept: true)
        {
            Topology = choice.Topology,
            Destructive = destructive,
            HostPorts = ports.ByService,
        };
        StackDescription stack;
        try
        {
            stack = await StackStarter
                .StartAsync(options, new Told<StepEnded>(step => progress.Say($"{step.Name} is ready")), cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            // A stack that did not come up is of use to nobody, kept or not.
            using var engine = await DockerEngine.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
            await new Stack.Leftovers.Sweeper(engine).RemoveKeptAsync(run.Folder, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        foreach (var address in AddressesOf(ports, stack))
            progress.Good(address);
        progress.Say($"It stays until ./verify down. Measure it with ./verify gate --stack {run.Folder.Stack}");
        progress.Say(
            destructive
                ? "A gate may break it, and empties its table."
                : "A gate changes nothing of it but by POST and GET (--destructive allows faults)."
        );
    }

    /// <summary>Where people open what there is of a stack, a line each: both services, what watches, and where logs are
    /// searched.</summary>
    /// <param name="ports">Where its services listen on this machine.</param>
    /// <param name="stack">The stack.</param>
    internal static IReadOnlyList<string> AddressesOf(WantedPorts ports, StackDescription stack) =>
        [
            $"Dashboard http://localhost:{ports.Dashboard}/buff   Server http://localhost:{ports.Server}/buffs",
            .. stack
                .Instances.Where(instance => Shown.Contains(instance.Role))
                .Select(instance => $"{instance.Name} http://{instance.Ports.Values.Single()}/"),
        ];

    /// <summary>An engine elsewhere has ports of its own; it says itself which are taken.</summary>
    private static async Task MustBeFreeAsync(WantedPorts ports, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (engine.Endpoint.Address is { Scheme: "unix" } or { IsLoopback: true })
            ports.MustBeFree(await new Stack.Leftovers.Sweeper(engine).KeptAsync(cancellationToken).ConfigureAwait(false));
    }
}
