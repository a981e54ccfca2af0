using System.Diagnostics;
using Verification.Objectives;
using Verification.Stack.Components.Watching;
using Verification.Stack.Control;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Leftovers;
using Verification.Stack.Starting;
using Verification.Stack.Topologies;

namespace Verification.Stack.Sessions;

/// <summary>Where the stack of a process comes from: the one that it is told to attach to, or one that it starts for its stage, and
/// ends.</summary>
internal sealed class StackSource
{
    private readonly SessionSettings settings;
    private readonly RunMembership membership;
    private readonly Action<string> tell;
    private readonly IReadOnlyList<IStackProvider> providers;

    /// <param name="settings">What the process is asked for.</param>
    /// <param name="membership">Its part in the run.</param>
    /// <param name="tell">Hears of progress.</param>
    /// <param name="providers">Providers of stacks beside that of containers.</param>
    public StackSource(SessionSettings settings, RunMembership membership, Action<string> tell, IReadOnlyList<IStackProvider> providers)
    {
        (this.settings, this.membership, this.tell, this.providers) = (settings, membership, tell, providers);
        Folder = membership.Folder;
        if (settings.Request.Broker is { } asked)
            Enter(asked);
    }

    /// <summary>Folder of the stage: two stages of a run share no file, no network and no name.</summary>
    public RunFolder Folder { get; private set; }

    /// <summary>The stage; null while its kind of broker is not known.</summary>
    public Stage? Stage { get; private set; }

    private SessionRequest Request => settings.Request;

    /// <summary>Attaches to the stack, once it is there.</summary>
    /// <returns>The stack, and how many instances were started for it; null where none was.</returns>
    /// <exception cref="Readiness.StartException">A component did not come up.</exception>
    public async Task<(AttachedStack Stack, int? Started)> HaveAsync(CancellationToken cancellationToken)
    {
        await HavePreviousAsync(cancellationToken).ConfigureAwait(false);
        int? started = null;
        if (Request.Stack is null)
            started = await StartAsync(cancellationToken).ConfigureAwait(false);
        else if (StackFile.Read(Request.Stack).RunsHere)
            await membership.MeasureAloneAsync(tell, cancellationToken).ConfigureAwait(false);
        var stack = await AttachedStack.AttachAsync(Request.Stack ?? Folder.Stack, providers, cancellationToken).ConfigureAwait(false);
        Enter(stack.Description.Broker, stack.Description.Topology);
        return (stack, started);
    }

    /// <summary>How a stack is not what it is described as: a verdict on it would name images that never ran.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        var differences = await stack.DifferencesAsync(cancellationToken).ConfigureAwait(false);
        if (Request.Resolved is not { } resolved)
            return differences;
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. differences,
            .. await resolved.ChangedAsync(new ImageStore(engine, settings.Root), cancellationToken).ConfigureAwait(false),
        ];
    }

    /// <summary>Whether the stack is one that was started for the stage alone, and may be made anew.</summary>
    public bool CanRenew => Request is { Stack: null, Keep: false };

    /// <summary>Ends the stack that was started for the stage of a run that goes on.</summary>
    public Task EndAsync(SuiteSession suite) => Request.Stack is null ? suite.EndStageAsync(Folder) : Task.CompletedTask;

    /// <summary>Removes the stack that was started, for one to be started in its place; what its containers have written is kept beside the
    /// logs of those that follow.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await new Sweeper(engine, tell).EndRunAsync(Folder, cancellationToken).ConfigureAwait(false);
        if (Directory.Exists(Folder.Logs))
            Directory.Move(Folder.Logs, $"{Folder.Logs}-before");
    }

    private Stage Enter(BrokerKind kind, string? topology = null)
    {
        Stage = settings.StageOf(SuiteSession.SuiteName, kind, topology);
        Folder = membership.Folder.Of(Request.Stage ?? Stage.Name);
        return Stage;
    }

    /// <summary>A previous release that can't be had is told before anything is started.</summary>
    private async Task HavePreviousAsync(CancellationToken cancellationToken)
    {
        // Whoever has resolved it has told already.
        if (Request.Previous.Images.Count == 0 || Request.Resolved is not null)
            return;
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await PreviousRelease
            .ResolveAsync(new ImageStore(engine, settings.Root), Request.Previous.Images, TellImages(), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (membership.IsOwner)
            await new Sweeper(engine, tell).SweepDeadRunsAsync(cancellationToken).ConfigureAwait(false);
        var store = new ImageStore(engine, settings.Root);
        var progress = TellImages();
        var broker = Request.Broker ?? await BrokerChoice.DefaultAsync(store, progress, tell, cancellationToken).ConfigureAwait(false);
        var topology = KnownTopologies.Catalog.Parse(Enter(broker).Topology!);
        var images = Request.Resolved is { } resolved
            ? resolved.Platform.ToDictionary(image => image.Component, StringComparer.Ordinal)
            : await store
                .ResolveAsync(
                    StackStarter.ComponentsOf(topology, broker),
                    settings.Images.WithBroker(StackStarter.NameOf(broker)),
                    progress,
                    cancellationToken
                )
                .ConfigureAwait(false);
        await membership.MeasureAloneAsync(tell, cancellationToken).ConfigureAwait(false);
        var started = Stopwatch.StartNew();
        var description = await StackStarter
            .StartAsync(
                new StackOptions(settings.Root, Folder, images, broker, settings.Sut, Request.Keep)
                {
                    Topology = topology,
                    Lapse = TimeLapse.OfTests,
                },
                new Progress<StepEnded>(step => tell($"{step.Name} is ready")),
                cancellationToken
            )
            .ConfigureAwait(false);
        tell($"the platform is ready after {started.Elapsed.TotalSeconds:0.0} s");
        return description.Instances.Count;
    }

    private Progress<ImageProgress> TellImages() => new(step => tell($"image {step.Component}: {step.Step}"));
}
