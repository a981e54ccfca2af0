using System.Diagnostics;
using System.Globalization;
using Verification.Stack;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Operating;

/// <summary>What the services tell of themselves is what alerts, dashboards and the scaling believe.</summary>
public sealed class MetricsTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Together = 4;
    private const int Listings = 4;
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(10);

    // A cached list lives for 10 s; what takes longer says nothing of hits.
    private static readonly TimeSpan Cached = TimeSpan.FromSeconds(8);

    // Less than the Server waits for its cache.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    // Between two clocks of one machine, and what a broker tells in whole milliseconds.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(50);

    [Fact]
    [Objective("metrics.counted")]
    public async Task What_the_services_count_is_what_was_done()
    {
        Unavailable(
            Stack.Instances(InstanceRole.Dashboard).Count() + Stack.Instances(InstanceRole.Server).Count() > 2
                ? "several instances of a service each count what came to them"
                : null
        );
        var before = await QuietAsync();
        var prefix = Marker.New("count");

        // One by itself: it was on its way no longer than the suite has seen.
        var clock = Stopwatch.StartNew();
        var posts = new List<PostAnswer> { await Platform.PostAsync($"{prefix} alone", Cancellation) };
        var answered = clock.Elapsed;
        var alone = await LookAsync(now => now.Stored(before) >= 1);
        var stored = clock.Elapsed;

        for (var each = 0; each < Together; each++)
            posts.Add(await Platform.PostAsync($"{prefix} {each}", Cancellation));
        await Platform.PostRawAsync("count", "{"u8.ToArray(), "application/json", Cancellation);
        await Platform.PostRawAsync("count", "[]"u8.ToArray(), "application/json", Cancellation);
        await Platform.PostRawAsync("count", "hello"u8.ToArray(), "text/plain", Cancellation);
        await QueueAsync(prefix);
        // Of what a busy machine has refused nobody knows whether it is stored, and nobody else counts the cache.
        var (acked, refused) = (posts.Count(post => post.Http.Status == 200), posts.Count(post => post.Http.Status == 503));
        await LookAsync(now => now.Stored(before) > acked && now.Buried(before) > 0);
        // What is still to be acknowledged may still take the list out of the cache.
        await Platform.Queue.HeldBackAsync(Cancellation);
        var rows = (await Platform.Table.RowsAsync(prefix, Cancellation)).Values.Sum();
        await Platform.Cache.ClearAsync();
        var (lists, slowest) = (Stopwatch.StartNew(), TimeSpan.Zero);
        for (var each = 0; each < Listings; each++)
        {
            var begun = lists.Elapsed;
            await Platform.ListAsync(Cancellation);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, (lists.Elapsed - begun).Ticks));
        }

        // A cache that answers late is passed by, and a list that has expired is no hit.
        var cached = slowest < Patience && lists.Elapsed < Cached;

        Count[] counts =
        [
            new("dashboard", "sportbuff_buffs_published_total", [], acked),
            new("dashboard", "sportbuff_publish_failures_total", [], refused),
            Requests("dashboard", "POST", "200", acked),
            Requests("dashboard", "POST", "400", 2),
            Requests("dashboard", "POST", "415", 1),
            new("server", "sportbuff_buffs_stored_total", [], rows),
            new("server", "sportbuff_duplicates_total", [], 1),
            new("server", "sportbuff_dead_letters_total", [], 1),
            new("server", "sportbuff_consume_lag_seconds_count", [], rows),
            new("server", "http_requests_received_total", [("method", "GET"), ("code", "200"), ("endpoint", "/buffs")], Listings),
            .. cached
                ? (Count[])
                    [
                        new("server", "sportbuff_cache_requests_total", [("result", "miss")], 1),
                        new("server", "sportbuff_cache_requests_total", [("result", "hit")], Listings - 1),
                    ]
                : [],
            new("server", "sportbuff_cache_requests_total", [], Listings),
        ];
        var after = await LookAsync(now => Array.TrueForAll(counts, count => count.Rise(before, now) == count.Expected));
        List<string> wrong =
        [
            .. counts
                .Where(count => count.Rise(before, after) != count.Expected)
                .Select(count => $"{count} rose by {Figure(count.Rise(before, after))}, expected {count.Expected}"),
            .. after
                .Connected()
                .Where(each => each.Value != 1)
                .Select(each => $"{each.Service}: sportbuff_broker_connected is {Figure(each.Value)}, expected 1"),
            .. TooLong(
                new Count("server", "sportbuff_consume_lag_seconds_sum", [], 0).Rise(before, alone),
                stored,
                "server: the one buff that was on its way took it"
            ),
            .. TooLong(
                new Count("dashboard", "http_request_duration_seconds_sum", [("method", "POST")], 0).Rise(before, alone),
                answered,
                "dashboard: the one request that was made took it"
            ),
        ];

        Decide(
            Measurement.OfDeviations("metrics.counted", wrong, counts.Length + 4) with
            {
                Suspects = [.. wrong.Select(each => each[..each.IndexOf(':', StringComparison.Ordinal)]).Distinct().Take(2)],
            }
        );
    }

    /// <summary>Lays a buff twice with one key, and a message that is none, into the queue.</summary>
    private async Task QueueAsync(string prefix)
    {
        await using var connection = await BrokerConnections.ConnectAsync(
            Stack.BrokerOptions(Stack.Instance(InstanceRole.Broker)),
            Cancellation
        );
        var body = $$"""{"question": "{{prefix}} twice", "answers": ["a"]}""";
        // Longer than any column that somebody might keep it in as it is.
        var key = $"{Guid.NewGuid()}{new string('k', 256)}"[..256];
        foreach (var text in (string[])[body, body, prefix])
            await connection.SendAsync(
                Verification.Platform.Contract.Queue,
                System.Text.Encoding.UTF8.GetBytes(text),
                [new("persistent", "true"), new("content-type", "application/json"), new("buff-id", text == body ? key : prefix)],
                Cancellation
            );
    }

    /// <summary>What both tell once they tell the same twice: what the starting point has caused is counted.</summary>
    private async Task<Told> QuietAsync()
    {
        await Platform.FenceAsync(Cancellation);
        await Platform.Queue.HeldBackAsync(Cancellation);
        var last = await TellAsync();
        return await LookAsync(now =>
        {
            var same =
                now.Stored(last) == 0
                && now.Of("server", "http_requests_received_total", ("endpoint", "/buffs"))
                    == last.Of("server", "http_requests_received_total", ("endpoint", "/buffs"));
            last = now;
            return same;
        });
    }

    /// <summary>Looks until it is so, or time is up.</summary>
    /// <returns>What was told last.</returns>
    private async Task<Told> LookAsync(Func<Told, bool> isSo)
    {
        Told? last = null;
        try
        {
            return await Eventually.SeeAsync(
                "both services have counted it",
                Promptly,
                async _ => last = await TellAsync(),
                isSo,
                Cancellation
            );
        }
        catch (StateNotSeenException) when (last is not null)
        {
            // What is told is the measurement.
            return last;
        }
    }

    private async Task<Told> TellAsync() =>
        new(
            ServiceMetrics.Parse((await Platform.GetFromDashboardAsync("/metrics", Cancellation)).Body),
            ServiceMetrics.Parse((await Platform.GetFromServerAsync("/metrics", Cancellation)).Body)
        );

    private static Count Requests(string service, string method, string code, long expected) =>
        new(service, "http_requests_received_total", [("method", method), ("code", code)], expected);

    private static IEnumerable<string> TooLong(double told, TimeSpan seen, string what)
    {
        if (told < 0 || told > (seen + Grain).TotalSeconds)
            yield return $"{what} {Figure(told)} s by its metric, the suite saw {Figure(seen.TotalSeconds)} s";
    }

    private static string Figure(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>How much a metric must rise.</summary>
    private sealed record Count(string Service, string Name, IReadOnlyList<(string Name, string Value)> Labels, long Expected)
    {
        public double Rise(Told before, Told after) => after.Of(Service, Name, [.. Labels]) - before.Of(Service, Name, [.. Labels]);

        public override string ToString() =>
            $"{Service}: {Name}{(Labels.Count == 0 ? string.Empty : $"{{{string.Join(',', Labels.Select(label => $"{label.Name}=\"{label.Value}\""))}}}")}";
    }

    /// <summary>What both services tell.</summary>
    private sealed record Told(ServiceMetrics Dashboard, ServiceMetrics Server)
    {
        public double Of(string service, string name, params IReadOnlyList<(string Name, string Value)> labels) =>
            (service == "dashboard" ? Dashboard : Server).Sum(name, labels);

        public double Stored(Told before) =>
            Of("server", "sportbuff_buffs_stored_total") - before.Of("server", "sportbuff_buffs_stored_total");

        public double Buried(Told before) =>
            Of("server", "sportbuff_dead_letters_total") - before.Of("server", "sportbuff_dead_letters_total");

        public IEnumerable<(string Service, double Value)> Connected() =>
            [("dashboard", Of("dashboard", "sportbuff_broker_connected")), ("server", Of("server", "sportbuff_broker_connected"))];
    }
}
