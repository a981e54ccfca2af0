using Verification.Objectives;
using Verification.Stack.Additions;
using Verification.Stack.Leftovers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Sessions;

/// <summary>What a test assembly works in: its run, its objectives, the stack it attached to or started, and the logs of facts.</summary>
public sealed class VerificationSession : IAsyncDisposable
{
    private const string Starts = "platform.starts";
    private readonly SessionSettings settings;
    private readonly RunMembership membership;
    private readonly StackSource source;
    private readonly EvidenceLog evidenceLog;
    private readonly EvidenceRecorder evidence;
    private AttachedStack? stack;

    private VerificationSession(SessionSettings settings, RunMembership membership, Action<string> tell)
    {
        this.settings = settings;
        this.membership = membership;
        source = new StackSource(settings, membership, tell);
        evidenceLog = new EvidenceLog(membership.Folder.Evidence);
        evidence = new EvidenceRecorder(settings.Gates, evidenceLog, TimeProvider.System);
        History = new HistoryLog(membership.Folder.History, TimeProvider.System);
    }

    /// <summary>The profile that is asked for.</summary>
    public Profile Profile => settings.Profile;

    /// <summary>The running stack.</summary>
    /// <exception cref="InvalidOperationException">There is none: <see cref="Unavailable"/> tells why.</exception>
    public AttachedStack Stack => stack ?? throw new InvalidOperationException(Unavailable);

    /// <summary>Starts further instances beside the stack.</summary>
    /// <exception cref="InvalidOperationException">There is no stack: <see cref="Unavailable"/> tells why.</exception>
    public StackAdditions Additions => new(Stack, settings.Sut, source.Folder);

    /// <summary>The system under test.</summary>
    public SystemUnderTest Sut => settings.Sut;

    /// <summary>The configuration that production is meant to have, a folder.</summary>
    public string Config => settings.Config;

    /// <summary>Image of each service of the previous release, by service; empty where none was named.</summary>
    public IReadOnlyDictionary<string, string> Previous => settings.Request.Previous.Images;

    /// <summary>Folder of the run.</summary>
    public RunFolder Folder => membership.Folder;

    /// <summary>The history of the run.</summary>
    public HistoryLog History { get; }

    /// <summary>Why the platform did not come up, if it is at fault; null otherwise.</summary>
    public string? StartFailure { get; private set; }

    /// <summary>Why there is no stack to measure; null where there is one.</summary>
    public string? Unavailable { get; private set; }

    /// <summary>Joins or starts a run, and attaches to a stack or starts one. What can't be had is told by <see cref="Unavailable"/>, not thrown.</summary>
    /// <param name="tell">Hears of progress.</param>
    /// <param name="heal">Puts right what others have left in a stack, given that and the folder of the stored runs, before it is looked at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DocumentException">A file of the project cannot be used.</exception>
    public static async Task<VerificationSession> StartAsync(Action<string> tell, Func<AttachedStack, string, CancellationToken, Task> heal, CancellationToken cancellationToken)
    {
        var settings = SessionSettings.FromEnvironment();
        var session = new VerificationSession(settings, RunMembership.JoinOrStart(settings.Root), tell);
        try
        {
            await session.HaveStackAsync(heal, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Whether a failure of an objective is one of the profile, and not only shown.</summary>
    /// <param name="objective">Id of the objective.</param>
    public bool Counts(string objective) => Profile.Requirements.TryGetValue(objective, out var requirement) && requirement != Requirement.Report;

    /// <summary>What an objective needs of the stack.</summary>
    /// <param name="objective">Id of the objective.</param>
    public IReadOnlyList<string> NeedsOf(string objective) => settings.Gates.Objectives.TryGetValue(objective, out var found) ? found.Needs : [];

    /// <summary>Records a measurement and holds it against its objective.</summary>
    /// <param name="measurement">What was measured.</param>
    /// <param name="test">Name of the test.</param>
    /// <exception cref="ArgumentException">No objective has this id.</exception>
    public LineVerdict Decide(Measurement measurement, string test)
    {
        if (source.Stage is { } stage)
            evidence.Dimensions = new Dictionary<string, string>(StringComparer.Ordinal) { [Dimension.Broker] = stage.Broker!, [Dimension.Topology] = stage.Topology! };
        return evidence.Record(measurement, test);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (stack is not null)
            await stack.DisposeAsync().ConfigureAwait(false);
        await source.EndAsync().ConfigureAwait(false);
        History.Dispose();
        evidenceLog.Dispose();
        await membership.DisposeAsync().ConfigureAwait(false);
    }

    private async Task HaveStackAsync(Func<AttachedStack, string, CancellationToken, Task> heal, CancellationToken cancellationToken)
    {
        try
        {
            (stack, var started) = await source.HaveAsync(cancellationToken).ConfigureAwait(false);
            await heal(stack, settings.Root.Runs, cancellationToken).ConfigureAwait(false);
            if (await source.DifferencesAsync(stack, cancellationToken).ConfigureAwait(false) is { Count: > 0 } differences)
            {
                Unavailable = $"the stack is not what it is described as: {string.Join("; ", differences)}";
                Decide(Measurement.NotMeasured(Starts, Unavailable), Starts);
            }
            else
            {
                // What was started has answered; of a stack that was there it is to be seen.
                IReadOnlyList<string> faults = started is null ? await StackHealth.AwaitAsync(stack, cancellationToken).ConfigureAwait(false) : [];
                StartFailure = faults.Count > 0 ? string.Join("; ", faults) : null;
                Decide(Measurement.OfDeviations(Starts, faults, started ?? stack.Description.Instances.Count), Starts);
            }
        }
        catch (Exception e) when (MachineFault.Of(e) is { } fault)
        {
            Unavailable = SecretMask.Of(source.Folder).Clean(fault);
            Decide(Measurement.NotMeasured(Starts, Unavailable), Starts);
        }
        catch (StartException e)
        {
            // It ends with a log tail, and goes into evidence and reports.
            Unavailable = StartFailure = Quotation.Lines(SecretMask.Of(source.Folder).Clean(e.Message));
            Decide(Measurement.OfDeviations(Starts, [Unavailable], 1), Starts);
        }
    }
}
