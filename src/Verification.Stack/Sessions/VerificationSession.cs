using System.Diagnostics;
using Verification.Objectives;
using Verification.Stack.Additions;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Leftovers;
using Verification.Stack.Readiness;
using Verification.Stack.Runs;
using Verification.Stack.Starting;
using Verification.Stack.Topologies;

namespace Verification.Stack.Sessions;

/// <summary>What a test assembly works in: its run, its objectives, the stack it attached to or started, and the logs of facts.</summary>
public sealed class VerificationSession : IAsyncDisposable
{
    private const string Starts = "platform.starts";
    private static readonly string Suite = System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name?.ToLowerInvariant() ?? "suite";
    private readonly SessionSettings settings;
    private readonly Run run;
    private readonly EvidenceLog evidenceLog;
    private readonly EvidenceRecorder evidence;
    private HeldFile? machine;
    private AttachedStack? stack;
    private RunFolder folder;

    private VerificationSession(SessionSettings settings, Run run)
    {
        this.settings = settings;
        this.run = run;
        evidenceLog = new EvidenceLog(run.Folder.Evidence);
        evidence = new EvidenceRecorder(settings.Gates, evidenceLog, TimeProvider.System);
        folder = run.Folder;
        if (settings.Request.Broker is { } asked)
            Enter(asked);
        History = new HistoryLog(run.Folder.History, TimeProvider.System);
    }

    /// <summary>The profile that is asked for.</summary>
    public Profile Profile => settings.Profile;

    /// <summary>The running stack.</summary>
    /// <exception cref="InvalidOperationException">There is none: <see cref="Unavailable"/> tells why.</exception>
    public AttachedStack Stack => stack ?? throw new InvalidOperationException(Unavailable);

    /// <summary>Starts further instances beside the stack.</summary>
    /// <exception cref="InvalidOperationException">There is no stack: <see cref="Unavailable"/> tells why.</exception>
    public StackAdditions Additions => new(Stack, settings.Sut, folder);

    /// <summary>The system under test.</summary>
    public SystemUnderTest Sut => settings.Sut;

    /// <summary>The configuration that production is meant to have, a folder.</summary>
    public string Config => settings.Config;

    /// <summary>Image of each service of the previous release, by service; empty where none was named.</summary>
    public IReadOnlyDictionary<string, string> Previous => settings.Request.Previous.Images;

    /// <summary>Folder of the run.</summary>
    public RunFolder Folder => run.Folder;

    /// <summary>The history of the run.</summary>
    public HistoryLog History { get; }

    /// <summary>Why the platform did not come up, if it is at fault; null otherwise.</summary>
    public string? StartFailure { get; private set; }

    /// <summary>Why there is no stack to measure; null where there is one.</summary>
    public string? Unavailable { get; private set; }

    /// <summary>Joins or starts a run, and attaches to a stack or starts one. What can't be had is told by <see cref="Unavailable"/>, not thrown.</summary>
    /// <param name="tell">Hears of progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DocumentException">A file of the project cannot be used.</exception>
    public static async Task<VerificationSession> StartAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        var settings = SessionSettings.FromEnvironment();
        var run = Run.JoinOrStart(settings.Root);
        if (!run.IsOwner)
            EndWithStarter();
        var session = new VerificationSession(settings, run);
        try
        {
            await session.HaveStackAsync(tell, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether the profile asks for an objective.</summary>
    /// <param name="objective">Id of the objective.</param>
    public bool IsWanted(string objective) => Profile.Requirements.ContainsKey(objective);

    /// <summary>What an objective needs of the stack.</summary>
    /// <param name="objective">Id of the objective.</param>
    public IReadOnlyList<string> NeedsOf(string objective) => settings.Gates.Objectives.TryGetValue(objective, out var found) ? found.Needs : [];

    /// <summary>Records a measurement and holds it against its objective.</summary>
    /// <param name="measurement">What was measured.</param>
    /// <param name="test">Name of the test.</param>
    /// <exception cref="ArgumentException">No objective has this id.</exception>
    public LineVerdict Decide(Measurement measurement, string test) => evidence.Record(measurement, test);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync().ConfigureAwait(false);
        if (!run.IsOwner && settings.Request.Stack is null)
            await EndOwnStackAsync().ConfigureAwait(false);
        History.Dispose();
        evidenceLog.Dispose();
        await run.DisposeAsync().ConfigureAwait(false);
        machine?.Dispose();
    }

    /// <summary>A process of a run ends when its starter does: the starter holds the other end of standard input.</summary>
    private static void EndWithStarter()
    {
        if (!Console.IsInputRedirected)
            return;
        var watch = new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
                // Nothing is ever said; only the end matters.
            }

            Environment.Exit(ExitCodes.Unknown);
        })
        {
            IsBackground = true,
            Name = "end with starter",
        };
        watch.Start();
    }

    /// <summary>The next suite of the run starts a stack of its own.</summary>
    private async Task EndOwnStackAsync()
    {
        try
        {
            using var engine = await DockerEngine.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
            await new Sweeper(engine).EndRunAsync(folder, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EngineMissingException)
        {
            // Without an engine there is no stack.
        }
    }

    /// <summary>From here on all that is started is of a stage: two stages of a run share no file, no network and no name.</summary>
    /// <returns>The topology of the stage.</returns>
    private string Enter(BrokerKind kind, string? topology = null)
    {
        var stage = settings.StageOf(Suite, kind, topology);
        evidence.Dimensions = new Dictionary<string, string>(StringComparer.Ordinal) { [Dimension.Broker] = stage.Broker!, [Dimension.Topology] = stage.Topology! };
        folder = run.Folder.Of(settings.Request.Stage ?? stage.Name);
        return stage.Topology!;
    }

    private async Task HaveStackAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        try
        {
            await HavePreviousAsync(tell, cancellationToken).ConfigureAwait(false);
            if (settings.Request.Stack is null)
                await StartStackAsync(tell, cancellationToken).ConfigureAwait(false);
            else
                await MeasureAloneAsync(tell, cancellationToken).ConfigureAwait(false);
            stack = await AttachedStack.AttachAsync(settings.Request.Stack ?? folder.Stack, cancellationToken).ConfigureAwait(false);
            Enter(stack.Description.Broker, stack.Description.Topology);
            await CheckImagesAsync(stack, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (MachineFault.Of(e) is { } fault)
        {
            Unavailable = SecretMask.Of(folder).Clean(fault);
            Decide(Measurement.NotMeasured(Starts, Unavailable), Starts);
        }
        catch (StartException e)
        {
            // It ends with a log tail, and goes into evidence and reports.
            Unavailable = StartFailure = Quotation.Lines(SecretMask.Of(folder).Clean(e.Message));
            Decide(Measurement.OfDeviations(Starts, [Unavailable], 1), Starts);
        }
    }

    /// <summary>From here on it measures, and waits until nobody else does. Who joined a run measures under the lock of its starter.</summary>
    private async Task MeasureAloneAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        if (run.IsOwner)
            machine = await MachineLock.TakeAsync(() => tell("Another run measures on this machine; waiting for it."), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A previous release that can't be had is told before anything is started.</summary>
    private async Task HavePreviousAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        // Whoever has resolved it has told already.
        if (Previous.Count == 0 || settings.Request.Resolved is not null)
            return;
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await PreviousRelease.ResolveAsync(new ImageStore(engine, settings.Root), Previous, TellImages(tell), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Nothing is measured of a stack that runs something else than its description says: the verdict would name images that never ran.</summary>
    private async Task CheckImagesAsync(AttachedStack attached, CancellationToken cancellationToken)
    {
        if (attached.Description.Provider != StackProvider.Docker)
            return;
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var differences = await RunningImages.DifferencesAsync(engine, attached.Description, cancellationToken).ConfigureAwait(false);
        if (settings.Request.Resolved is { } resolved)
            differences = [.. differences, .. await resolved.ChangedAsync(new ImageStore(engine, settings.Root), cancellationToken).ConfigureAwait(false)];
        if (differences.Count == 0)
            return;
        Unavailable = $"the stack is not what it is described as: {string.Join("; ", differences)}";
        Decide(Measurement.NotMeasured(Starts, Unavailable), Starts);
    }

    private static Progress<ImageProgress> TellImages(Action<string> tell) => new(step => tell($"image {step.Component}: {step.Step}"));

    private async Task StartStackAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (run.IsOwner)
            await new Sweeper(engine, tell).SweepDeadRunsAsync(cancellationToken).ConfigureAwait(false);
        var store = new ImageStore(engine, settings.Root);
        var progress = TellImages(tell);
        var chosen = settings.Request.Broker ?? await BrokerChoice.DefaultAsync(store, progress, tell, cancellationToken).ConfigureAwait(false);
        var topology = KnownTopologies.Catalog.Parse(Enter(chosen));
        var images = settings.Request.Resolved is { } resolved
            ? resolved.Platform.ToDictionary(image => image.Component, StringComparer.Ordinal)
            : await store.ResolveAsync(StackStarter.ComponentsOf(topology, chosen), settings.Images.WithBroker(StackStarter.NameOf(chosen)), progress, cancellationToken).ConfigureAwait(false);
        await MeasureAloneAsync(tell, cancellationToken).ConfigureAwait(false);
        var started = Stopwatch.StartNew();
        var description = await StackStarter.StartAsync(
            new StackOptions(settings.Root, folder, images, chosen, settings.Sut, settings.Request.Keep) { Topology = topology },
            new Progress<StepEnded>(step => tell($"{step.Name} is ready")),
            cancellationToken).ConfigureAwait(false);
        tell($"the platform is ready after {started.Elapsed.TotalSeconds:0.0} s");
        Decide(new Measurement(Starts, 0, description.Instances.Count), Starts);
    }
}
