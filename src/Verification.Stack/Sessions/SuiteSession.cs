using Verification.Objectives;
using Verification.Stack.Control;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Leftovers;

namespace Verification.Stack.Sessions;

/// <summary>What a test assembly works in, whatever it looks at: its run, its objectives, and the logs of facts.</summary>
public sealed class SuiteSession : IAsyncDisposable
{
    /// <summary>The objective of all that must not be given away.</summary>
    private const string Contained = "secrets.contained";

    private readonly SessionSettings settings;
    private readonly RunMembership membership;
    private readonly EvidenceLog evidenceLog;
    private readonly EvidenceRecorder evidence;

    private SuiteSession(SessionSettings settings, RunMembership membership)
    {
        this.settings = settings;
        this.membership = membership;
        evidenceLog = new EvidenceLog(membership.Folder.Evidence);
        evidence = new EvidenceRecorder(settings.Gates, evidenceLog, TimeProvider.System);
        History = new HistoryLog(membership.Folder.History, TimeProvider.System);
        StageFolder = membership.Folder.Of(settings.Request.Stage ?? SuiteName);
    }

    /// <summary>Name of the suite of this process: that of its assembly in lower case.</summary>
    public static string SuiteName { get; } = System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name?.ToLowerInvariant() ?? "suite";

    /// <summary>The project.</summary>
    public ProjectRoot Root => settings.Root;

    /// <summary>The profile that is asked for.</summary>
    public Profile Profile => settings.Profile;

    /// <summary>Images that are named, by who started the run or by the system under test.</summary>
    public ImageOverrides Images => settings.Images;

    /// <summary>Folder of the run.</summary>
    public RunFolder Folder => membership.Folder;

    /// <summary>Folder of the stage of a suite that needs no platform in containers: what it starts carries its labels.</summary>
    public RunFolder StageFolder { get; }

    /// <summary>The history of the run.</summary>
    public HistoryLog History { get; }

    /// <summary>What the environment asks for.</summary>
    internal SessionSettings Settings => settings;

    /// <summary>The part of this process in the run.</summary>
    internal RunMembership Membership => membership;

    /// <summary>Joins or starts a run. Nothing is looked for, and nobody is waited for.</summary>
    /// <exception cref="DocumentException">A file of the project cannot be used.</exception>
    public static SuiteSession JoinOrStart()
    {
        var settings = SessionSettings.FromEnvironment();
        return new SuiteSession(settings, RunMembership.JoinOrStart(settings.Root));
    }

    /// <summary>From here on the process measures, alone on this machine; what dead runs have left is swept first by who has started the
    /// run.</summary>
    /// <param name="tell">Hears of progress.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task MeasureAloneAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        if (membership.IsOwner && await EngineAsync(cancellationToken).ConfigureAwait(false) is { } engine)
        {
            using (engine)
                await new Sweeper(engine, tell).SweepDeadRunsAsync(cancellationToken).ConfigureAwait(false);
        }

        await membership.MeasureAloneAsync(tell, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the profile asks for an objective, of this stage or of another: what any test may see of the platform is told
    /// then.</summary>
    /// <param name="objective">Id of the objective.</param>
    public bool IsOfProfile(string objective) => Profile.Requirements.ContainsKey(objective);

    /// <summary>Whether the stage is asked for an objective.</summary>
    /// <param name="objective">Id of the objective.</param>
    public bool IsWanted(string objective) =>
        IsOfProfile(objective) && (settings.Request.Objectives.Count == 0 || settings.Request.Objectives.Contains(objective));

    /// <summary>Whether a failure of an objective is one of the stage, and not only shown.</summary>
    /// <param name="objective">Id of the objective.</param>
    public bool Counts(string objective) => IsWanted(objective) && Profile.Requirements[objective] != Requirement.Report;

    /// <summary>Whether the profile asks for an objective whatever can be had.</summary>
    /// <param name="objective">Id of the objective.</param>
    public bool IsRequired(string objective) =>
        Profile.Requirements.GetValueOrDefault(objective, Requirement.Report) == Requirement.Required;

    /// <summary>What an objective needs of the stack or of the machine.</summary>
    /// <param name="objective">Id of the objective.</param>
    public IReadOnlyList<string> NeedsOf(string objective) =>
        settings.Gates.Objectives.TryGetValue(objective, out var found) ? found.Needs : [];

    /// <summary>The limit of an objective, in its unit.</summary>
    /// <param name="objective">Id of the objective.</param>
    /// <exception cref="KeyNotFoundException">No objective has this id.</exception>
    public double LimitOf(string objective) => settings.Gates.Objectives[objective].Limit;

    /// <summary>Records a measurement and holds it against its objective.</summary>
    /// <param name="measurement">What was measured.</param>
    /// <param name="test">Name of the test.</param>
    /// <param name="stage">What it ran on; null for nothing that has a broker.</param>
    /// <exception cref="ArgumentException">No objective has this id.</exception>
    public LineVerdict Decide(Measurement measurement, string test, Stage? stage = null) => Decide(measurement, test, stage, []);

    /// <summary>The same of a stack whose way broke meanwhile: nothing that fails is known of it then, as a broken way looks like a stack
    /// that is away.</summary>
    /// <param name="measurement">What was measured.</param>
    /// <param name="test">Name of the test.</param>
    /// <param name="stage">What it ran on; null for nothing that has a broker.</param>
    /// <param name="broken">The breaks.</param>
    /// <inheritdoc cref="Decide(Measurement, string, Stage?)"/>
    internal LineVerdict Decide(Measurement measurement, string test, Stage? stage, IReadOnlyList<BrokenWay> broken)
    {
        if (stage is { Broker: { } broker, Topology: { } topology })
            evidence.Dimensions = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [Dimension.Broker] = broker,
                [Dimension.Topology] = topology,
            };
        if (broken is [var first, ..] && evidence.WouldFail(measurement, test))
            measurement = first.InPlaceOf(measurement);
        return evidence.Record(measurement, test);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndStageAsync(StageFolder).ConfigureAwait(false);
        History.Dispose();
        evidenceLog.Dispose();
        await membership.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Removes what a stage has created, of a run that goes on; the end of the run removes what is left.</summary>
    internal async Task EndStageAsync(RunFolder stage)
    {
        if (membership.IsOwner || await EngineAsync(CancellationToken.None).ConfigureAwait(false) is not { } engine)
            return;
        using (engine)
            await new Sweeper(engine).EndRunAsync(stage, CancellationToken.None).ConfigureAwait(false);
        TellMasked(stage);
    }

    /// <summary>What was masked in the logs that were just saved had been given away.</summary>
    private void TellMasked(RunFolder stage)
    {
        if (!IsOfProfile(Contained) || MaskedLogs.In(stage.Logs) is not { Count: > 0 } masked)
            return;
        evidence.Record(
            Measurement.OfDeviations(
                Contained,
                [.. masked.Select(log => $"the log of {log.Instance} held a secret {log.Times} times")],
                masked.Count
            ) with
            {
                Suspects = [.. masked.Take(2).Select(log => log.Instance)],
            },
            $"the logs of {stage.Stage}"
        );
    }

    /// <summary>The engine; null where there is none: nothing was created then.</summary>
    private static async Task<DockerEngine?> EngineAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (EngineMissingException)
        {
            return null;
        }
    }
}
