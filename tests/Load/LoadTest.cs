using NBomber.Contracts;
using NBomber.CSharp;
using NBomber.Running;
using Verification.Stack.Control;
using Verification.Stack.Sessions;

namespace Verification.Tests.Load;

/// <summary>A scenario that puts a load on the platform. Its operations stand in a history that is written for so many.</summary>
/// <param name="platform">The platform of the assembly.</param>
public abstract class LoadTest(PlatformFixture platform) : Verification.Testing.Scenario(platform)
{
    /// <summary>A second.</summary>
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly SessionRequest Asked = SessionRequest.FromEnvironment(VerifyVariables.Value);

    /// <summary>The length and the rate of its loads.</summary>
    protected virtual LoadShape Shape => new(Asked.LoadDuration, Asked.LoadRate);

    /// <summary>Whether each load has a summary, a picture and files of its distributions; its figures are kept in any case.</summary>
    protected virtual bool IsShown => true;

    /// <summary>A load may be repeated, or have two parts.</summary>
    protected override TimeSpan Longer => 2 * (Shape.Duration ?? TimeSpan.Zero);

    /// <summary>The platform as the load sees it.</summary>
    /// <param name="name">What the questions of the load start with.</param>
    protected LoadedPlatform Load(string name)
    {
        var run = Suite.Folder;
        var log = HistoryLog.Open(run.History, TimeProvider.System, Buffering.OfLoad);
        var history = new ScenarioHistory(log, Platform.History.Scenario);
        return new LoadedPlatform(log, PlatformUnderTest.Of(Stack, history, run, Connect), Marker.New(name));
    }

    /// <summary>How a load goes to a service: what it costs is taken from the platform that it measures.</summary>
    /// <param name="service">Address of the service.</param>
    /// <param name="deadline">How long one request may take.</param>
    protected static IHttpTransport Connect(Uri service, TimeSpan deadline) =>
        SocketTransport.IsSupported ? new SocketTransport(service, deadline) : new HttpTransport(service, deadline);

    /// <summary>Warms up and runs scenarios; once more, of a platform that is warm, where the generator was saturated: another process may
    /// have had the machine for a moment.</summary>
    /// <param name="loaded">The platform.</param>
    /// <param name="name">Name of the load.</param>
    /// <param name="promises">What it decides: where it was asked for, it ends once one of them can no longer hold.</param>
    /// <param name="scenarios">The scenarios.</param>
    protected async Task<LoadMeasurements> RunAsync(
        LoadedPlatform loaded,
        string name,
        IReadOnlyList<LoadPromise> promises,
        Func<BuffScenarios, IReadOnlyList<ScenarioProps>> scenarios
    )
    {
        var first = await RunOnceAsync(loaded, name, "first", WarmUp, promises, scenarios);
        if (first.Result.Saturation is not { } saturation)
            return first;
        loaded.Platform.History.Event("repeated", detail: saturation);
        return await RunOnceAsync(loaded, name, "again", TimeSpan.Zero, promises, scenarios);
    }

    /// <summary>Runs scenarios once.</summary>
    /// <param name="loaded">The platform.</param>
    /// <param name="name">Name of the load.</param>
    /// <param name="part">What the questions of this part have behind those of the load.</param>
    /// <param name="warmUp">How long they warm up.</param>
    /// <param name="promises">What it decides; none for one that is not judged.</param>
    /// <param name="scenarios">The scenarios.</param>
    protected async Task<LoadMeasurements> RunOnceAsync(
        LoadedPlatform loaded,
        string name,
        string part,
        TimeSpan warmUp,
        IReadOnlyList<LoadPromise> promises,
        Func<BuffScenarios, IReadOnlyList<ScenarioProps>> scenarios
    )
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(scenarios);
        var buffs = new BuffScenarios(loaded.Platform, $"{loaded.Prefix} {part}") { Acknowledged = loaded.Acknowledged };
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var watch = new PlatformWatch(Stack.Control as IReadsStatistics, Stack.Description.Instances, TimeProvider.System).RunAsync(
            watching.Token
        );
        await using var counters = new PlatformCounters(loaded.Platform);
        var counting = new CounterWatch(counters.LookAsync, TimeProvider.System).RunAsync(watching.Token);
        var file = $"load-{name.Replace(' ', '-')}-{part}";
        var context = NBomberRunner
            .RegisterScenarios([.. scenarios(buffs).Select(scenario => scenario.WithWarmUpDuration(warmUp))])
            .WithTestSuite("load")
            .WithTestName(name)
            .WithReportFolder(Suite.Folder.Checks)
            .WithReportFileName(file)
            .WithShape(Shape)
            .WithAbortOnFail(Asked.LoadAbortOnFail ? [.. promises.Where(IsWanted).Select(LimitOf)] : []);
        var result = await (IsShown ? context : context.WithoutReports()).RunAsync(TimeProvider.System, Cancellation);
        await watching.CancelAsync();
        var load = result.Load with
        {
            Histograms = IsShown ? new HistogramFiles(Suite.Folder).Keep(file, result.Load) : [],
            Platform = PlatformWatch.Within(await watch, result.Load.Began, result.Load.Took),
            Counters = CounterWatch.Within(await counting, result.Load.Began, result.Load.Took),
        };
        if (load.Stopped is { } stopped)
            loaded.Platform.History.Event("stopped", detail: stopped);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', load.Operations));
        return new LoadMeasurements(
            load,
            new CheckFiles(Suite.Folder).Keep(loaded.Platform.History.Scenario, IsShown ? "load" : "trial", load)
        );
    }

    private bool IsWanted(LoadPromise promise) => Suite.IsWanted(promise.Objective);

    private LoadLimit LimitOf(LoadPromise promise) => new(promise, Suite.LimitOf(promise.Objective));
}

/// <summary>The platform as a load sees it.</summary>
/// <param name="log">Where its operations are written.</param>
/// <param name="platform">The platform.</param>
/// <param name="prefix">What the question of each of its buffs starts with.</param>
public sealed class LoadedPlatform(HistoryLog log, PlatformUnderTest platform, string prefix) : IAsyncDisposable
{
    /// <summary>The platform.</summary>
    public PlatformUnderTest Platform => platform;

    /// <summary>What the question of each of its buffs starts with.</summary>
    public string Prefix => prefix;

    /// <summary>Told of each buff when its POST was answered with 200.</summary>
    public Action<string>? Acknowledged { get; set; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        log.Dispose();
    }
}
