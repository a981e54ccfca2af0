using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Platform;

/// <summary>The platform, driven and observed by its contract alone: POST, GET, the table, the key, the queue. Every operation is recorded
/// in the history.</summary>
public sealed class PlatformUnderTest : IAsyncDisposable
{
    private const string Reset = "reset";
    private static readonly TimeSpan RequestDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OthersDeadline = TimeSpan.FromSeconds(10);
    private readonly PlatformClient client;
    private readonly Healer healer;
    private readonly HttpTransportFactory transport;
    private readonly RunFolder run;
    private readonly StackInstance dashboard;
    private readonly StackInstance server;
    private readonly IReadOnlyList<StackInstance> services;
    private string? lastFence;

    private PlatformUnderTest(AttachedStack stack, Parts parts, ScenarioHistory history, RunFolder run, HttpTransportFactory transport)
    {
        (Stack, History, this.run, this.transport) = (stack, history, run, transport);
        (dashboard, server) = (parts.Dashboard, parts.Server);
        services =
        [
            .. stack
                .Description.Instances.Where(IsService)
                .Append(parts.Dashboard)
                .Append(parts.Server)
                .DistinctBy(service => service.Name),
        ];
        var files = new ObservationFiles(run);
        client = new PlatformClient(Transport(dashboard), dashboard.Name, Transport(server), server.Name, history, files);
        Table = new BuffTable(stack, parts.Mysql, history, files);
        Cache = new CachedList(stack);
        Queue = new BuffQueue(stack, parts.Broker, history);
        Account = new BuffAccount(this, history, new CheckFiles(run));
        healer = new Healer(stack, AnswersAsync, [dashboard.Name, server.Name], history);

        IHttpTransport Transport(StackInstance service) => transport(AttachedStack.Address(service), RequestDeadline);
    }

    /// <summary>The running stack.</summary>
    public AttachedStack Stack { get; }

    /// <summary>What has happened in this scenario.</summary>
    public ScenarioHistory History { get; }

    /// <summary>The table.</summary>
    public BuffTable Table { get; }

    /// <summary>The cached list.</summary>
    public CachedList Cache { get; }

    /// <summary>The queue.</summary>
    public BuffQueue Queue { get; }

    /// <summary>Accounts for what was posted.</summary>
    public BuffAccount Account { get; }

    /// <summary>Gives the platform of a stack as it is.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="history">Where the scenario is recorded.</param>
    /// <param name="run">Folder of the run.</param>
    /// <param name="transport">How requests are carried.</param>
    public static PlatformUnderTest Of(AttachedStack stack, ScenarioHistory history, RunFolder run, HttpTransportFactory transport)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return new PlatformUnderTest(
            stack,
            new Parts(null, null, stack.Serving(InstanceRole.Dashboard), stack.Serving(InstanceRole.Server)),
            history,
            run,
            transport
        );
    }

    /// <summary>The platform with other instances in the place of its own, for what a scenario has added.</summary>
    public PlatformUnderTest Through(
        StackInstance? mysql = null,
        StackInstance? broker = null,
        StackInstance? dashboard = null,
        StackInstance? server = null
    ) =>
        new(
            Stack,
            new Parts(mysql, broker, dashboard ?? Stack.Serving(InstanceRole.Dashboard), server ?? Stack.Serving(InstanceRole.Server)),
            History,
            run,
            transport
        );

    /// <summary>Brings the platform to the point that a scenario starts from: all of it runs, the queue and that of dead letters are empty,
    /// everything that was posted before has been
    /// consumed, the table holds the seed, the cache is empty. A stack that may not be changed is left as it is; both services must
    /// answer.</summary>
    /// <exception cref="StateNotSeenException">It did not come there in time.</exception>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        if (!Stack.Description.Destructive)
        {
            await Eventually
                .SeeAsync(AwaitedStates.Lists, SettleDeadline, ListAsync, answer => answer.Status == 200, cancellationToken)
                .ConfigureAwait(false);
            return;
        }

        await healer.BringBackAsync(PurgeAsync, cancellationToken).ConfigureAwait(false);
        await Eventually.SucceedsAsync("the queues can be emptied", SettleDeadline, PurgeAsync, cancellationToken).ConfigureAwait(false);
        await FenceAsync(cancellationToken).ConfigureAwait(false);
        await Seed.PlantAsync(this, cancellationToken).ConfigureAwait(false);
        History.Event(Reset, detail: $"{Seed.Count} buffs");
    }

    /// <summary>The same for a platform that does not come there: both services end first, so that what is wrong with them and what they
    /// have in hand goes, and start anew.</summary>
    /// <exception cref="StateNotSeenException">It did not come there in time.</exception>
    public async Task ResetAnewAsync(CancellationToken cancellationToken)
    {
        await healer.EndServicesAsync(cancellationToken).ConfigureAwait(false);
        await ResetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Posts a buff with the answers <c>me</c> and <c>you</c>.</summary>
    /// <param name="question">Its question, which identifies it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<PostAnswer> PostAsync(string question, CancellationToken cancellationToken) =>
        client.PostAsync(new BuffToPost(question), cancellationToken);

    /// <summary>Posts a buff.</summary>
    public Task<PostAnswer> PostAsync(BuffToPost buff, CancellationToken cancellationToken) => client.PostAsync(buff, cancellationToken);

    /// <inheritdoc cref="PlatformClient.PostRawAsync"/>
    public Task<PostAnswer> PostRawAsync(string marker, byte[] body, string contentType, CancellationToken cancellationToken) =>
        client.PostRawAsync(marker, body, contentType, cancellationToken);

    /// <inheritdoc cref="PlatformClient.PostAsync(string, HttpQuestion, CancellationToken)"/>
    public Task<PostAnswer> PostAsync(string marker, HttpQuestion question, CancellationToken cancellationToken) =>
        client.PostAsync(marker, question, cancellationToken);

    /// <summary>Posts many buffs with a number of clients at once, each posting one after the other.</summary>
    public async Task<IReadOnlyList<PostAnswer>> PostManyAsync(
        IReadOnlyList<string> questions,
        int clients,
        CancellationToken cancellationToken
    )
    {
        var answers = new PostAnswer[questions.Count];
        var next = -1;
        await Task.WhenAll(
                Enumerable
                    .Range(0, clients)
                    .Select(async number =>
                    {
                        for (var index = Interlocked.Increment(ref next); index < questions.Count; index = Interlocked.Increment(ref next))
                            answers[index] = await PostAsync(
                                    new BuffToPost(questions[index]) { Process = $"client-{number}" },
                                    cancellationToken
                                )
                                .ConfigureAwait(false);
                    })
            )
            .ConfigureAwait(false);
        return answers;
    }

    /// <summary>Lists the buffs.</summary>
    public Task<ListAnswer> ListAsync(CancellationToken cancellationToken) => client.ListAsync(cancellationToken);

    /// <summary>Lists the buffs as they stand in the table: past the cache, or, where that may not be cleared, once what was fenced last is
    /// listed.</summary>
    /// <exception cref="StateNotSeenException">It was not listed in time.</exception>
    public async Task<ListAnswer> ListAfreshAsync(CancellationToken cancellationToken)
    {
        if (Stack.Description.Destructive)
        {
            await Cache.ClearAsync().ConfigureAwait(false);
            return await ListAsync(cancellationToken).ConfigureAwait(false);
        }

        var fence = lastFence;
        return await Eventually
            .SeeAsync(
                "what was posted last is listed",
                Contract.CacheExpiry * 2,
                ListAsync,
                answer => fence is null || answer.Lists(fence),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Gets any path of the Dashboard.</summary>
    public Task<HttpAnswer> GetFromDashboardAsync(string path, CancellationToken cancellationToken) =>
        AskDashboardAsync(new HttpQuestion(HttpMethod.Get, path), cancellationToken);

    /// <summary>Gets any path of the Server.</summary>
    public Task<HttpAnswer> GetFromServerAsync(string path, CancellationToken cancellationToken) =>
        AskServerAsync(new HttpQuestion(HttpMethod.Get, path), cancellationToken);

    /// <inheritdoc cref="PlatformClient.AskDashboardAsync"/>
    public Task<HttpAnswer> AskDashboardAsync(HttpQuestion question, CancellationToken cancellationToken) =>
        client.AskDashboardAsync(question, cancellationToken);

    /// <inheritdoc cref="PlatformClient.AskServerAsync"/>
    public Task<HttpAnswer> AskServerAsync(HttpQuestion question, CancellationToken cancellationToken) =>
        client.AskServerAsync(question, cancellationToken);

    /// <summary>Patience with what only the Dashboard can bring about: it ends with it.</summary>
    /// <param name="deadline">How long it is had at most.</param>
    public Patience WhileDashboardRuns(TimeSpan deadline) => WhileRuns(dashboard, deadline);

    /// <summary>Patience with what only the Server can bring about: it ends with it.</summary>
    /// <param name="deadline">How long it is had at most.</param>
    public Patience WhileServerRuns(TimeSpan deadline) => WhileRuns(server, deadline);

    /// <summary>Waits until questions are listed.</summary>
    /// <returns>Those that are not listed in time.</returns>
    public async Task<IReadOnlyList<string>> AwaitListedAsync(
        IReadOnlyList<string> questions,
        TimeSpan deadline,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<string> missing = questions;
        try
        {
            await Eventually
                .IsTrueAsync(
                    "all of them are listed",
                    WhileServerRuns(deadline),
                    async ct =>
                    {
                        var answer = await ListAsync(ct).ConfigureAwait(false);
                        if (answer.IsList)
                            missing = [.. questions.Except(answer.Buffs.Select(buff => buff.Question), StringComparer.Ordinal)];
                        return missing.Count == 0;
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (StateNotSeenException)
        {
            // The caller is told which.
        }

        return missing;
    }

    /// <summary>Waits until everything that was queued before this call has been consumed: a buff posted now has its row.</summary>
    /// <exception cref="StateNotSeenException">It has none within 30 s.</exception>
    public async Task FenceAsync(CancellationToken cancellationToken)
    {
        var fence = Marker.NewFence();
        await Eventually
            .SeeAsync(
                AwaitedStates.FenceTaken,
                WhileDashboardRuns(SettleDeadline),
                ct => PostAsync(fence, ct),
                answer => answer.Outcome == Outcome.Ok,
                cancellationToken
            )
            .ConfigureAwait(false);
        await AwaitRowAsync(fence, cancellationToken).ConfigureAwait(false);
        // A Deployment has several pods.
        if (Stack.Description.Provider == StackProvider.Kubernetes || Stack.Instances(InstanceRole.Server).Count() > 1)
            await AwaitAcknowledgedAsync(cancellationToken).ConfigureAwait(false);
        lastFence = fence;
    }

    /// <summary>Waits until a question stands in the table.</summary>
    /// <exception cref="StateNotSeenException">It does not within 30 s; with what the queue holds then.</exception>
    public async Task AwaitRowAsync(string question, CancellationToken cancellationToken)
    {
        try
        {
            await Eventually
                .SeeAsync(
                    AwaitedStates.RowFor(question),
                    WhileServerRuns(SettleDeadline),
                    async ct => (await Table.RowsAsync(question, ct).ConfigureAwait(false)).Count > 0 ? "its row" : "no row",
                    seen => seen == "its row",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (StateNotSeenException e)
        {
            var (state, waited, seen) = e.Unreached;
            throw new StateNotSeenException(state, waited, $"{seen}; {await QueueToldAsync(cancellationToken).ConfigureAwait(false)}", e);
        }
    }

    /// <summary>How far a buff has come that was acknowledged and is not listed.</summary>
    /// <param name="question">Its question.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<LateBuff> FollowLateAsync(string question, CancellationToken cancellationToken)
    {
        // First: it expires.
        var cached = await Cache.LookAsync().ConfigureAwait(false);
        var rows = await Table.RowsAsync(question, cancellationToken).ConfigureAwait(false);
        var queue = await QueueToldAsync(cancellationToken).ConfigureAwait(false);
        return LateBuff.Of(question, rows.GetValueOrDefault(question), queue, cached);
    }

    /// <summary>Waits until both services give a good answer.</summary>
    /// <exception cref="StateNotSeenException">They do not within 30 s each.</exception>
    public async Task AwaitServiceAsync(CancellationToken cancellationToken)
    {
        var alive = Marker.NewAlive();
        await Eventually
            .SeeAsync(
                AwaitedStates.Posts,
                WhileDashboardRuns(SettleDeadline),
                ct => PostAsync(alive, ct),
                answer => answer.Status == 200,
                cancellationToken
            )
            .ConfigureAwait(false);
        await Eventually
            .SeeAsync(AwaitedStates.Lists, WhileServerRuns(SettleDeadline), ListAsync, answer => answer.Status == 200, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Brings back whatever a scenario has stopped or frozen, and waits until the platform serves again.</summary>
    /// <exception cref="StateNotSeenException">It did not in time.</exception>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if (Stack.Description.Destructive && await healer.IsAnyAwayAsync(cancellationToken).ConfigureAwait(false))
            await healer.BringBackAsync(PurgeAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Restarts a broker that keeps messages from its consumers: what it has stored and not delivered is no less safe for that,
    /// and comes now, or is lost.</summary>
    internal async Task ReleaseAsync(long heldBack, CancellationToken cancellationToken)
    {
        var broker = await Queue.ServingAsync(cancellationToken).ConfigureAwait(false);
        History.Event("restart", broker.Name, $"it gave {heldBack} messages to nobody for {BuffQueue.HandedOutDeadline.TotalSeconds:0} s");
        await Stack.Control.KillAsync(broker, cancellationToken).ConfigureAwait(false);
        await Stack.Control.StartAsync(broker, cancellationToken).ConfigureAwait(false);
        // Whatever lies in the queue is still awaited.
        await healer.BringBackAsync(ReachBelowAsync, cancellationToken).ConfigureAwait(false);
        await FenceAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What each service has logged of what was posted.</summary>
    internal async Task<IReadOnlyList<TraceNotes>> NotesAsync(IEnumerable<HistoryLine> posts, CancellationToken cancellationToken)
    {
        var markers = posts
            .Select(post => post.Marker!)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(TraceContext.IdOf, StringComparer.Ordinal);
        return await Task.WhenAll(
                services.Select(async service => new TraceNotes(
                    service.Name,
                    service.Role.Name,
                    TraceLog.Read(await Stack.Control.LogAsync(service, tail: null, cancellationToken).ConfigureAwait(false), markers)
                ))
            )
            .ConfigureAwait(false);
    }

    /// <summary>What lies in the queue, in a few words; that the broker does not tell is told, too.</summary>
    internal async Task<string> QueueToldAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Queue.TellAsync(cancellationToken).ConfigureAwait(false) is { } queue
                ? $"the queue holds {queue}"
                : "the broker tells nothing of its queue";
        }
        catch (Exception e) when (Patience.IsOfTheConnection(e) || e is DocumentException)
        {
            return $"the broker can't be asked: {Quotation.Of(e.Message)}";
        }
    }

    /// <summary>The components that a fault of this scenario was aimed at.</summary>
    internal IReadOnlySet<string> Struck()
    {
        var struck = History
            .Lines.Where(line => line.Kind == HistoryKind.Fault)
            .Select(line => line.Instance)
            .ToHashSet(StringComparer.Ordinal);
        return Stack
            .Description.Instances.Where(instance => struck.Contains(instance.Name))
            .Select(instance => instance.Role.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Of several Servers another one may still have in hand what was posted before the fence. What does not come in time is for
    /// the caller to find.</summary>
    private async Task AwaitAcknowledgedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Eventually
                .IsTrueAsync(
                    "what was acknowledged has its rows",
                    OthersDeadline,
                    async ct =>
                    {
                        var rows = (await Table.QuestionsWithAsync(Marker.Mark, ct).ConfigureAwait(false))
                            .CountBy(question => question, StringComparer.Ordinal)
                            .ToDictionary(row => row.Key, row => (long)row.Value, StringComparer.Ordinal);
                        var lines = History.Lines;
                        // What was posted before has gone with the table of before.
                        var reset = lines.LastOrDefault(line => line is { Kind: HistoryKind.Event, Name: Reset })?.Invoke ?? 0;
                        return Ledger.Check(lines.Where(line => line.Invoke >= reset), rows).Lost.Count == 0;
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (StateNotSeenException)
        {
            // Lost, or late: the test says which.
        }
    }

    private static bool IsService(StackInstance instance) =>
        instance.Role == InstanceRole.Dashboard || instance.Role == InstanceRole.Server;

    /// <summary>Both are asked at once: where one hangs, the other's answer is known all the same.</summary>
    private async Task<ServiceAnswers> AnswersAsync(CancellationToken cancellationToken)
    {
        var (post, list) = (PostAsync(Marker.NewAlive(), cancellationToken), ListAsync(cancellationToken));
        await Task.WhenAll(post, list).ConfigureAwait(false);
        return new ServiceAnswers(await post.ConfigureAwait(false), await list.ConfigureAwait(false));
    }

    /// <summary>Leaves nothing in the queues that a service might take in hand.</summary>
    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await ReachBelowAsync(cancellationToken).ConfigureAwait(false);
        await Queue.PurgeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reaches what the services stand on; a failure of the connection means that they can't yet.</summary>
    private async Task ReachBelowAsync(CancellationToken cancellationToken)
    {
        await Queue.ReachAsync(cancellationToken).ConfigureAwait(false);
        await Table.ReachAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Patience that ends with the service it is had with, and with one that refuses for good. Within a scenario nobody starts a
    /// container again, as Kubernetes does a pod.</summary>
    private Patience WhileRuns(StackInstance service, TimeSpan deadline)
    {
        var ended = new EndedService(Stack.Control, service, TimeProvider.System);
        return new Patience(deadline)
        {
            InVain = async ct =>
                SteadyRefusal.See(History.Lines, service.Name, History.Now)
                ?? (Stack.Description.Provider == StackProvider.Docker ? await ended.SeeAsync(ct).ConfigureAwait(false) : null),
        };
    }

    /// <summary>Whom it goes through. MySQL or a broker that is not named is the one that takes writes when it is asked.</summary>
    private sealed record Parts(StackInstance? Mysql, StackInstance? Broker, StackInstance Dashboard, StackInstance Server);
}
