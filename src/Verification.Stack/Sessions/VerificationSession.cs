using Verification.Objectives;
using Verification.Stack.Additions;
using Verification.Stack.Control;
using Verification.Stack.Events;
using Verification.Stack.Images;
using Verification.Stack.Leftovers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Sessions;

/// <summary>What a test assembly works in that looks at a platform in containers: its <see cref="SuiteSession"/>, and the stack it attached
/// to or started.</summary>
public sealed class VerificationSession : IAsyncDisposable
{
    private const string Starts = "platform.starts";
    private readonly StackSource source;
    private AttachedStack? stack;
    private FollowedEvents? events;
    private volatile string? scenario;

    private VerificationSession(SuiteSession suite, Action<string> tell, IReadOnlyList<IStackProvider> providers)
    {
        Suite = suite;
        source = new StackSource(suite.Settings, suite.Membership, tell, providers);
    }

    /// <summary>Its run, its objectives, the logs of facts.</summary>
    public SuiteSession Suite { get; }

    /// <summary>The running stack.</summary>
    /// <exception cref="InvalidOperationException">There is none: <see cref="Unavailable"/> tells why.</exception>
    public AttachedStack Stack => stack ?? throw new InvalidOperationException(Unavailable);

    /// <summary>Starts further instances beside the stack.</summary>
    /// <exception cref="InvalidOperationException">There is no stack: <see cref="Unavailable"/> tells why.</exception>
    public StackAdditions Additions => new(Stack, Sut, source.Folder);

    /// <summary>The system under test.</summary>
    public SystemUnderTest Sut => Suite.Settings.Sut;

    /// <summary>The configuration that production is meant to have, a folder.</summary>
    public string Config => Suite.Settings.Config;

    /// <summary>Image of each service of the previous release, by service; empty where none was named.</summary>
    public IReadOnlyDictionary<string, string> Previous => Suite.Settings.Request.Previous.Images;

    /// <summary>Whether nothing may be posted.</summary>
    public bool IsReadOnly => Suite.Settings.Request.ReadOnly;

    /// <summary>Why the platform did not come up, if it is at fault; null otherwise.</summary>
    public string? StartFailure { get; private set; }

    /// <summary>Why there is no stack to measure; null where there is one.</summary>
    public string? Unavailable { get; private set; }

    /// <summary>The variable that names what is missing for the stack, if that is set: then it should have been there. Null
    /// otherwise.</summary>
    public string? NamedBy { get; private set; }

    /// <summary>Joins or starts a run, and attaches to a stack or starts one. What can't be had is told by <see cref="Unavailable"/>, not
    /// thrown.</summary>
    /// <param name="tell">Hears of progress.</param>
    /// <param name="heal">Puts right what others have left in a stack, given that and the folder of the stored runs, before it
    /// is looked at.</param>
    /// <param name="providers">Providers of stacks beside that of containers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DocumentException">A file of the project cannot be used.</exception>
    public static async Task<VerificationSession> StartAsync(
        Action<string> tell,
        Func<AttachedStack, string, CancellationToken, Task> heal,
        IReadOnlyList<IStackProvider> providers,
        CancellationToken cancellationToken
    )
    {
        var session = new VerificationSession(SuiteSession.JoinOrStart(), tell, providers);
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

    /// <summary>Starts a new stack of the same stage in the place of one that no longer comes to its starting point.</summary>
    /// <returns>Whether there is another: not where the stack is somebody else's, or is to be kept.</returns>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        if (!source.CanRenew)
            return false;
        await EndEventsAsync().ConfigureAwait(false);
        await Stack.DisposeAsync().ConfigureAwait(false);
        stack = null;
        await source.RemoveAsync(cancellationToken).ConfigureAwait(false);
        await HaveStackAsync((_, _, _) => Task.CompletedTask, cancellationToken).ConfigureAwait(false);
        return Unavailable is null;
    }

    /// <summary>From here on what the engine tells of the stack's containers belongs to a scenario.</summary>
    /// <param name="name">Name of the scenario; null where it has ended.</param>
    public void Enter(string? name) => scenario = name;

    /// <summary>Records a measurement of the stack and holds it against its objective.</summary>
    /// <param name="measurement">What was measured.</param>
    /// <param name="test">Name of the test.</param>
    /// <param name="since">When the test began: a break of the way to the stack from then on makes what fails UNKNOWN.</param>
    /// <exception cref="ArgumentException">No objective has this id.</exception>
    public LineVerdict Decide(Measurement measurement, string test, DateTimeOffset since = default) =>
        Suite.Decide(measurement, test, source.Stage, BrokenWays(since));

    /// <summary>The breaks of the way to the stack since a time.</summary>
    public IReadOnlyList<BrokenWay> BrokenWays(DateTimeOffset since) => [.. (stack?.BrokenWays ?? []).Where(broken => broken.At >= since)];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndEventsAsync().ConfigureAwait(false);
        if (stack is not null)
            await stack.DisposeAsync().ConfigureAwait(false);
        await source.EndAsync(Suite).ConfigureAwait(false);
        await Suite.DisposeAsync().ConfigureAwait(false);
    }

    private void RecordEvent(InstanceEvent seen) =>
        Suite.History.Append(
            HistoryLine.OfEngine(seen.Name, seen.Instance, Suite.History.At(seen.At), seen.Detail) with
            {
                Scenario = scenario,
            }
        );

    private async Task EndEventsAsync()
    {
        if (events is not null)
            await events.DisposeAsync().ConfigureAwait(false);
        events = null;
    }

    private async Task HaveStackAsync(Func<AttachedStack, string, CancellationToken, Task> heal, CancellationToken cancellationToken)
    {
        try
        {
            (stack, var started) = await source.HaveAsync(cancellationToken).ConfigureAwait(false);
            events = stack.Events is { } stream ? new FollowedEvents(stream, RecordEvent, TimeProvider.System) : null;
            await heal(stack, Suite.Root.Runs, cancellationToken).ConfigureAwait(false);
            if (await source.DifferencesAsync(stack, cancellationToken).ConfigureAwait(false) is { Count: > 0 } differences)
            {
                Unavailable = $"the stack is not what it is described as: {string.Join("; ", differences)}";
                Decide(Measurement.NotMeasured(Starts, Unavailable), Starts);
            }
            else
            {
                // What was started has answered; of a stack that was there it is to be seen.
                IReadOnlyList<string> faults = started is null
                    ? await StackHealth.AwaitAsync(stack, cancellationToken).ConfigureAwait(false)
                    : [];
                StartFailure = faults.Count > 0 ? string.Join("; ", faults) : null;
                Decide(Measurement.OfDeviations(Starts, faults, started ?? stack.Description.Instances.Count), Starts);
            }
        }
        catch (Exception e) when (MachineFault.Of(e) is { } fault)
        {
            Unavailable = SecretMask.Of(source.Folder).Clean(fault);
            NamedBy = (e as ImageException)?.NamedBy;
            Decide(Measurement.NotMeasured(Starts, Unavailable), Starts);
        }
        catch (StartException e)
        {
            // It ends with a log tail, and goes into evidence and reports.
            Unavailable = StartFailure = Quotation.Lines(SecretMask.Of(source.Folder).Clean(e.Message));
            Decide(Measurement.OfDeviations(Starts, [Unavailable], 1) with { Suspects = [e.Role.Name] }, Starts);
        }
    }
}
