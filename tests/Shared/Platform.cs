using System.Globalization;
using Dapper;
using MySqlConnector;
using RestSharp;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Brokers;
using Verification.Stack.Readiness;
using Verification.Stack.Sessions;
using Verification.Stomp;

namespace Verification.Tests;

/// <summary>The platform, driven and observed by its contract alone: POST, GET, the table, the key, the queue. Every operation is recorded in the history.</summary>
public sealed class Platform : IAsyncDisposable
{
    /// <summary>How many buffs a scenario starts from.</summary>
    public const int SeedCount = 100;

    private const string SeedPrefix = "seed ";
    private const string Fence = "fence";
    private const string Queue = "buffs";
    private const string CacheKey = "buffs";
    private static readonly TimeSpan RequestDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromSeconds(30);

    // Longer than a broker needs to notice that a consumer's heart-beats of 2 s have ended.
    private static readonly TimeSpan HandedOutDeadline = TimeSpan.FromSeconds(8);
    private readonly StackInstance mysql;
    private readonly StackInstance broker;
    private readonly RestClient dashboard;
    private readonly RestClient server;
    private readonly HistoryLog history;

    private Platform(AttachedStack stack, HistoryLog history, StackInstance mysql, StackInstance broker, StackInstance dashboard, StackInstance server)
    {
        Stack = stack;
        this.history = history;
        this.mysql = mysql;
        this.broker = broker;
        this.dashboard = Client(AttachedStack.Address(dashboard));
        this.server = Client(AttachedStack.Address(server));
    }

    /// <summary>The running stack.</summary>
    public AttachedStack Stack { get; }

    /// <summary>Gives the platform at its starting point: everything that was posted before has been consumed, the table holds the seed, the cache is cold.</summary>
    public static async Task<Platform> ResetAsync(VerificationSession session, CancellationToken cancellationToken)
    {
        var stack = session.Stack;
        var platform = new Platform(stack, session.History, stack.Instance(InstanceRole.Mysql), stack.Instance(InstanceRole.Broker), stack.Instance(InstanceRole.Dashboard), stack.Instance(InstanceRole.Server));
        await platform.BringBackAsync(cancellationToken);
        await platform.FenceAsync(cancellationToken);
        await platform.SeedAsync(cancellationToken);
        return platform;
    }

    /// <summary>The platform with other instances in the place of its own, for what a scenario has added.</summary>
    public Platform Through(StackInstance? mysql = null, StackInstance? broker = null, StackInstance? dashboard = null, StackInstance? server = null) => new(
        Stack,
        history,
        mysql ?? Stack.Instance(InstanceRole.Mysql),
        broker ?? Stack.Instance(InstanceRole.Broker),
        dashboard ?? Stack.Instance(InstanceRole.Dashboard),
        server ?? Stack.Instance(InstanceRole.Server));

    /// <summary>A text that no other buff has.</summary>
    public static string NewMarker(string scenario) => $"{scenario} {Guid.NewGuid():N}";

    /// <summary>How many characters the markers of a scenario have.</summary>
    public static int MarkerLength(string scenario) => NewMarker(scenario).Length;

    /// <summary>Whether a question is one of the seed or of a fence.</summary>
    public static bool IsOwn(string question) =>
        question.StartsWith(SeedPrefix, StringComparison.Ordinal) || question.StartsWith($"{Fence} ", StringComparison.Ordinal);

    /// <summary>Posts one buff.</summary>
    /// <param name="marker">Its question, which identifies it.</param>
    /// <param name="answers">Its answers; <c>me</c> and <c>you</c> unless given.</param>
    /// <param name="process">The logical client.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PostAnswer> PostAsync(string marker, IReadOnlyList<string>? answers = null, string process = "client", CancellationToken cancellationToken = default)
    {
        var request = new RestRequest("buff", Method.Post).AddJsonBody(new { question = marker, answers = answers ?? ["me", "you"] });
        var invoke = history.Begin();
        var response = await dashboard.ExecuteAsync(request, cancellationToken);
        var answer = new PostAnswer(marker, OutcomeOf(response), (int)response.StatusCode, response.Content ?? string.Empty, response.ErrorException?.Message, Lines(response));
        history.Append(HistoryLine.Invocation(process, "post", "dashboard", marker, invoke).Ended(answer.Outcome, answer.Error ?? $"{answer.Status}", history.Now));
        return answer;
    }

    /// <summary>Sends the bytes of a body as they are; without a content type where it is empty.</summary>
    public async Task<PostAnswer> PostRawAsync(string marker, byte[] body, string contentType, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = dashboard.Options.BaseUrl, Timeout = RequestDeadline };
        using var content = new ByteArrayContent(body);
        if (contentType.Length > 0)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        var invoke = history.Begin();
        PostAnswer answer;
        try
        {
            using var response = await client.PostAsync(new Uri("buff", UriKind.Relative), content, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var outcome = response.IsSuccessStatusCode ? Outcome.Ok : (int)response.StatusCode < 500 ? Outcome.Fail : Outcome.Info;
            answer = new PostAnswer(marker, outcome, (int)response.StatusCode, text, null, []);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            answer = new PostAnswer(marker, Outcome.Info, 0, string.Empty, e.Message, []);
        }

        history.Append(HistoryLine.Invocation("client", "post", "dashboard", marker, invoke).Ended(answer.Outcome, answer.Error ?? $"{answer.Status}", history.Now));
        return answer;
    }

    /// <summary>Posts many buffs with a number of clients at once, each posting one after the other.</summary>
    public async Task<IReadOnlyList<PostAnswer>> PostManyAsync(IReadOnlyList<string> markers, int clients, CancellationToken cancellationToken)
    {
        var answers = new PostAnswer[markers.Count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            for (var index = Interlocked.Increment(ref next); index < markers.Count; index = Interlocked.Increment(ref next))
                answers[index] = await PostAsync(markers[index], process: $"client-{client}", cancellationToken: cancellationToken);
        }));
        return answers;
    }

    /// <summary>Lists the buffs.</summary>
    public async Task<ListAnswer> ListAsync(CancellationToken cancellationToken)
    {
        var invoke = history.Begin();
        var response = await server.ExecuteAsync(new RestRequest("buffs"), cancellationToken);
        var answer = new ListAnswer((int)response.StatusCode, response.Content ?? string.Empty, response.ContentType, response.ErrorException?.Message);
        var outcome = answer.Status == 200 ? Outcome.Ok : Outcome.Fail;
        history.Append(HistoryLine.Invocation("client", "get", "server", null, invoke).Ended(outcome, answer.Error ?? $"{answer.Status}", history.Now));
        return answer;
    }

    /// <summary>Gets any path of a service.</summary>
    public async Task<ListAnswer> GetAsync(InstanceRole role, string path, CancellationToken cancellationToken)
    {
        var response = await (role == InstanceRole.Dashboard ? dashboard : server).ExecuteAsync(new RestRequest(path), cancellationToken);
        return new ListAnswer((int)response.StatusCode, response.Content ?? string.Empty, response.ContentType, response.ErrorException?.Message);
    }

    /// <summary>How often each question stands in the table, for questions that start so.</summary>
    public async Task<IReadOnlyDictionary<string, long>> RowsAsync(string prefix, CancellationToken cancellationToken)
    {
        await using var connection = await Stack.MySqlAsync(mysql, cancellationToken);
        var rows = await connection.QueryAsync<(string Question, long Count)>(new CommandDefinition(
            "SELECT question, COUNT(*) FROM buffs WHERE LEFT(question, CHAR_LENGTH(@prefix)) = @prefix COLLATE utf8mb4_bin GROUP BY BINARY question, question",
            new { prefix },
            cancellationToken: cancellationToken));
        return rows.GroupBy(row => row.Question, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(row => row.Count), StringComparer.Ordinal);
    }

    /// <summary>Changes a row's question behind the services' backs.</summary>
    public async Task RenameAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var connection = await Stack.MySqlAsync(mysql, cancellationToken);
        var changed = await connection.ExecuteAsync(new CommandDefinition("UPDATE buffs SET question = @to WHERE question = @from", new { from, to }, cancellationToken: cancellationToken));
        Assert.Equal(1, changed);
    }

    /// <summary>Waits until questions are listed.</summary>
    /// <returns>Those that are not listed in time.</returns>
    public async Task<IReadOnlyList<string>> AwaitListedAsync(IReadOnlyList<string> questions, TimeSpan deadline, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> missing = questions;
        try
        {
            await Eventually.IsTrueAsync("all of them are listed", deadline, async ct =>
            {
                var answer = await ListAsync(ct);
                if (answer.Status == 200)
                    missing = [.. questions.Except(answer.Buffs.Select(buff => buff.Question), StringComparer.Ordinal)];
                return missing.Count == 0;
            }, cancellationToken);
        }
        catch (StateNotSeenException)
        {
            // The caller is told which.
        }

        return missing;
    }

    /// <summary>Milliseconds until the cached list expires; null when there is none.</summary>
    public async Task<TimeSpan?> CacheTimeToLiveAsync() => await (await Stack.RedisAsync()).KeyTimeToLiveAsync(CacheKey);

    /// <summary>Empties the cache.</summary>
    public async Task ChillAsync() => await (await Stack.RedisAsync()).KeyDeleteAsync(CacheKey);

    /// <summary>Waits until everything that was queued before this call has been consumed: a buff posted now has its row.</summary>
    public async Task FenceAsync(CancellationToken cancellationToken)
    {
        var fence = NewMarker(Fence);
        await Eventually.IsTrueAsync(
            "a fence buff is acknowledged",
            SettleDeadline,
            async ct => (await PostAsync(fence, cancellationToken: ct)).Outcome == Outcome.Ok,
            cancellationToken);
        await AwaitRowAsync(fence, cancellationToken);
    }

    /// <summary>Waits until a question stands in the table.</summary>
    public Task AwaitRowAsync(string marker, CancellationToken cancellationToken) => Eventually.IsTrueAsync(
        $"a row for '{marker}'",
        SettleDeadline,
        async ct => (await RowsAsync(marker, ct)).Count > 0,
        cancellationToken);

    /// <summary>Once the queue is empty, accounts for every POST: what was acknowledged, what stands in the table, and, where something is missing, what lies in the dead-letter queue.</summary>
    public async Task<LedgerResult> AccountAsync(string prefix, IReadOnlyList<PostAnswer> answers, CancellationToken cancellationToken)
    {
        await FenceAsync(cancellationToken);
        var heldBack = await HeldBackAsync(cancellationToken);
        if (heldBack > 0)
            await ReleaseAsync(heldBack, cancellationToken);
        return await LedgerAsync(prefix, answers, cancellationToken) with { HeldBack = heldBack };
    }

    /// <summary>Accounts for every POST as things stand now, with messages in the queue or not.</summary>
    public async Task<LedgerResult> LedgerAsync(string prefix, IReadOnlyList<PostAnswer> answers, CancellationToken cancellationToken)
    {
        var posts = answers.Select(answer => HistoryLine.Invocation("client", "post", "dashboard", answer.Marker, 0).Ended(answer.Outcome, string.Empty, 0)).ToList();
        var rows = await RowsAsync(prefix, cancellationToken);
        var account = Ledger.Check(posts, rows);
        if (account.Lost.Count == 0)
            return account;
        var buried = (await DeadLetters.TakeAsync(Stack.BrokerOptions(broker), cancellationToken)).Select(letter => letter.Question).OfType<string>();
        return Ledger.Check(posts, rows, buried.CountBy(question => question, StringComparer.Ordinal).ToDictionary(each => each.Key, each => (long)each.Value, StringComparer.Ordinal));
    }

    /// <summary>Waits until the queue holds nothing, neither waiting nor in a consumer's hand. A fence alone does not do: what a dead consumer had in hand comes back when the
    /// broker notices the death, and that may be behind the fence.</summary>
    /// <returns>How many messages the broker still gives to nobody; 0 where it does not tell.</returns>
    private async Task<long> HeldBackAsync(CancellationToken cancellationToken)
    {
        long? queued = null;
        try
        {
            await Eventually.IsTrueAsync("the queue is empty", HandedOutDeadline, async ct => (queued = await QueuedAsync(ct)) == 0, cancellationToken);
            return 0;
        }
        catch (StateNotSeenException)
        {
            return queued ?? 0;
        }
    }

    /// <summary>Messages in the queue, waiting or in hand; 0 where the broker refuses to tell.</summary>
    private async Task<long> QueuedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var management = await Stack.BrokerAsync(broker, cancellationToken);
            return (await management.QueueAsync(Queue, cancellationToken)).Messages;
        }
        catch (Exception e) when (e is StompErrorException or ManagementRefusedException)
        {
            // A broker of another configuration may refuse to tell. One that is not reached is asked again.
            return 0;
        }
    }

    /// <summary>Restarts a broker that keeps messages from its consumers: what it has stored and not delivered is no less safe for that, and comes now, or is lost.</summary>
    private async Task ReleaseAsync(long heldBack, CancellationToken cancellationToken)
    {
        history.Append(HistoryLine.Event("restart", broker.Name, history.Now, $"it gave {heldBack} messages to nobody for {HandedOutDeadline.TotalSeconds:0} s"));
        await Stack.Control.KillAsync(broker, cancellationToken);
        await Stack.Control.StartAsync(broker, cancellationToken);
        await BringBackAsync(cancellationToken);
        await FenceAsync(cancellationToken);
    }

    /// <summary>Starts a stopped instance and tells how long it took, from the call, until both services gave a good answer.</summary>
    public async Task<TimeSpan> ReviveAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        await Stack.Control.StartAsync(instance, cancellationToken);
        await AwaitServiceAsync(cancellationToken);
        return TimeProvider.System.GetElapsedTime(since);
    }

    /// <summary>Waits until both services give a good answer.</summary>
    public async Task AwaitServiceAsync(CancellationToken cancellationToken)
    {
        var marker = NewMarker("alive");
        await Eventually.IsTrueAsync("POST /buff answers 200", SettleDeadline, async ct => (await PostAsync(marker, cancellationToken: ct)).Status == 200, cancellationToken);
        await Eventually.IsTrueAsync("GET /buffs answers 200", SettleDeadline, async ct => (await ListAsync(ct)).Status == 200, cancellationToken);
    }

    /// <summary>Brings back whatever a scenario has stopped or frozen, and waits until the platform serves again.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if (await StartStoppedAsync(cancellationToken))
            await BringBackAsync(cancellationToken);
        await DisposeAsync();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        dashboard.Dispose();
        server.Dispose();
        return ValueTask.CompletedTask;
    }

    private static RestClient Client(Uri address) => new(new RestClientOptions(address) { Timeout = RequestDeadline, ThrowOnAnyError = false });

    /// <summary>2xx is taken; 4xx is refused; refused before it was sent did not happen; of anything else nothing is known.</summary>
    private static Outcome OutcomeOf(RestResponse response) => (int)response.StatusCode switch
    {
        >= 200 and < 300 => Outcome.Ok,
        >= 400 and < 500 => Outcome.Fail,
        0 when response.ErrorException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => Outcome.Fail,
        _ => Outcome.Info,
    };

    private static IReadOnlyList<string> Lines(RestResponse response) =>
        [.. (response.Headers ?? []).Concat(response.ContentHeaders ?? []).Select(header => $"{header.Name}: {header.Value}")];

    /// <summary>Waits until both services answer, and starts again what is not running meanwhile: a service may end because another component is away.</summary>
    private async Task BringBackAsync(CancellationToken cancellationToken)
    {
        var marker = NewMarker("alive");
        await Eventually.IsTrueAsync("both services answer", SettleDeadline, async ct =>
        {
            if ((await PostAsync(marker, cancellationToken: ct)).Status == 200 && (await ListAsync(ct)).Status == 200)
                return true;
            await StartStoppedAsync(ct);
            return false;
        }, cancellationToken);
    }

    /// <summary>Starts whatever is stopped and lets go on what is frozen.</summary>
    /// <returns>Whether there was any.</returns>
    private async Task<bool> StartStoppedAsync(CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var instance in Stack.Description.Instances)
        {
            var state = await Stack.Control.StateAsync(instance, cancellationToken);
            if (state.Running && !state.Paused)
                continue;
            any = true;
            history.Append(HistoryLine.Event(state.Paused ? "unpause" : "start", instance.Name, history.Now, $"exit code {state.ExitCode}"));
            if (state.Paused)
                await Stack.Control.UnpauseAsync(instance, cancellationToken);
            else
                await Stack.Control.StartAsync(instance, cancellationToken);
        }

        return any;
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Stack.MySqlAsync(mysql, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM buffs WHERE question NOT LIKE CONCAT(@SeedPrefix, '%')", new { SeedPrefix }, cancellationToken: cancellationToken));
        var missing = SeedCount - await CountAsync(connection, cancellationToken);
        if (missing > 0)
        {
            var markers = Enumerable.Range(0, (int)missing).Select(index => string.Create(CultureInfo.InvariantCulture, $"{SeedPrefix}{index:000}")).ToList();
            await PostManyAsync(markers, clients: 4, cancellationToken);
            await Eventually.SeeAsync($"{SeedCount} seed buffs in the table", SettleDeadline, ct => CountAsync(connection, ct), count => count >= SeedCount, cancellationToken);
        }

        await ChillAsync();
    }

    private static Task<long> CountAsync(MySqlConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM buffs WHERE question LIKE CONCAT(@SeedPrefix, '%')", new { SeedPrefix }, cancellationToken: cancellationToken));
}
