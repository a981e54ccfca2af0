using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Caching;

/// <summary>Listings that overlap commits.</summary>
public sealed class CacheRaceTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Readers = 8;
    private const int Bursts = 2;
    private const int Burst = 6;

    /// <summary>Buffs that are posted one after the other, so that each has a commit of its own.</summary>
    private const int Row = 3;
    private const int Rounds = 40;

    /// <summary>So many rows take a while to be read, in which buffs are committed.</summary>
    private const int Rows = 2000;

    /// <summary>So many listings are asked for while a commit is held back.</summary>
    private const int Overlapping = 64;

    /// <summary>What the limit allows from an acknowledgement to the commit: a buff whose commit is held back has only the rest of it, from
    /// its row on.</summary>
    private static readonly TimeSpan UntilCommit = TimeSpan.FromSeconds(0.5);

    /// <summary>From a commit until the cache hears of it both lists are true, and either may be given.</summary>
    private static readonly TimeSpan UntilInvalidated = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1.7);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private LateBuff? late;

    [Fact]
    [Objective("cache.race")]
    [Objective("cache.backwards")]
    public Task Listings_without_a_pause_are_never_stale_while_buffs_are_posted() => RaceAsync("cache.race", [Platform]);

    [Fact]
    [Objective("cache.race-of-two")]
    public async Task Listings_of_two_Servers_are_never_stale_while_buffs_are_posted()
    {
        await using var second = await RequireAdditions().StartAsync(new Addition(InstanceRole.Server, "server-2"), Cancellation);
        await using var through = Platform.Through(server: second.Instance);

        await RaceAsync("cache.race-of-two", [Platform, through]);
    }

    /// <summary>Buffs come in bursts: while the list that one has made stale is queried anew, the next is committed. Behind each burst
    /// comes nothing for a while: a list that was filled too late stays.
    /// Of many readers the last to query mends what one has filled too late; a single one, whose query takes its time, leaves it.</summary>
    private async Task RaceAsync(string objective, IReadOnlyList<PlatformUnderTest> platforms)
    {
        var prefix = Marker.New("race");
        var held = $"{prefix} held";
        var stored = await WithManyReadersAsync(platforms, prefix, held);
        await WithOneReaderAsync(platforms, prefix);
        await Platform.FenceAsync(Cancellation);

        bool IsOurs(string? marker) => marker?.StartsWith(prefix, StringComparison.Ordinal) == true;
        bool IsHeld(string? marker) => marker?.StartsWith(held, StringComparison.Ordinal) == true;

        var listed = ListedOf(IsOurs);
        var history = Platform.History.Lines;
        var staleness = Staleness.Check(
            history.Where(line => line.Name != "post" || (IsOurs(line.Marker) && !IsHeld(line.Marker))),
            listed
        );
        // The clock of these begins with their rows.
        var behindCommit = Staleness.Check(
            history
                .Where(line => line.Name != "post" || IsHeld(line.Marker))
                .Select(line => line is { Kind: HistoryKind.Op, Name: "post" } ? line with { Complete = stored } : line),
            listed,
            "its row was seen"
        );
        var flicker = Flicker.Check(history, listed, UntilInvalidated);
        Decide(
            StalenessOf(objective, staleness, behindCommit),
            new Measurement(
                "cache.backwards",
                flicker.Older,
                flicker.Listings,
                flicker.Older > 0 ? $"the one that was furthest behind: {flicker.Diagnosis}" : null
            )
            {
                Phase = platforms.Count > 1 ? "two Servers" : null,
            }
        );
    }

    private Measurement StalenessOf(string objective, StalenessResult staleness, StalenessResult behindCommit)
    {
        var held = behindCommit.Oldest > TimeSpan.Zero ? behindCommit.Oldest + UntilCommit : TimeSpan.Zero;
        var (oldest, told) =
            held > staleness.Oldest
                ? (held, $"{behindCommit.Diagnosis}, which counts {UntilCommit.TotalSeconds:0.0} s more: its commit had been held back")
                : (staleness.Oldest, staleness.Diagnosis);
        return new Measurement(
            objective,
            oldest.TotalSeconds,
            // Where no buff was held back half of it was not seen.
            behindCommit.Acknowledged > 0
                ? staleness.Listings
                : 0,
            told is not null && late is not null ? $"{told}; {late}" : told,
            0.01
        )
        {
            Suspects = late?.Suspects ?? [],
        };
    }

    /// <summary>Gives what a file lists of the buffs that are looked at. Most listings are the same, and so are their files: each is read
    /// once.</summary>
    private Func<string, IReadOnlySet<string>> ListedOf(Func<string, bool> isLookedAt)
    {
        var files = new ObservationFiles(Suite.Folder);
        var read = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        return file =>
            read.TryGetValue(file, out var known)
                ? known
                : read[file] = files.Questions(file).Where(isLookedAt).ToHashSet(StringComparer.Ordinal);
    }

    /// <returns>When the rows of what was held back were there, in ns of the history.</returns>
    private async Task<long> WithManyReadersAsync(IReadOnlyList<PlatformUnderTest> platforms, string prefix, string held)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var readers = Enumerable
            .Range(0, Readers)
            .Select(number => ReadAsync(platforms[number % platforms.Count].ListAsync, end.Token))
            .ToList();
        try
        {
            for (var burst = 0; burst < Bursts; burst++)
            {
                await Platform.PostManyAsync(Marker.Of($"{prefix} many", Burst, burst * Burst), clients: Burst, Cancellation);
                await AwaitAfterwardsAsync();
            }

            var stored = await CommitHeldBackAsync(held);
            await AwaitAfterwardsAsync();
            return stored;
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(readers);
        }
    }

    /// <summary>Posts buffs whose commit is held back while all list, and lets it go.</summary>
    /// <returns>When their rows were there, in ns of the history.</returns>
    private async Task<long> CommitHeldBackAsync(string prefix)
    {
        var locked = InjectAsync(Faults.LockWrites(await Stack.PrimaryAsync(InstanceRole.Mysql, Cancellation)));
        IReadOnlyList<PostAnswer> posted;
        await using (await HeldWrites.AwaitAsync(locked, Platform, Cancellation))
        {
            posted = await Platform.PostManyAsync(Marker.Of(prefix, Burst), clients: Burst, Cancellation);
            var since = Platform.History.Now;
            await Eventually.IsTrueAsync(
                $"{Overlapping} listings are answered while a commit is held back",
                Patience,
                async _ =>
                {
                    // So that there are queries under way when it is let go, and not only hits.
                    await Platform.Cache.ClearAsync();
                    return Platform.History.Lines.Count(line => line is { Kind: HistoryKind.Op, Name: "get" } && line.Invoke > since)
                        >= Overlapping;
                },
                Cancellation
            );
        }

        var acknowledged = posted.Count(answer => answer.Outcome == Outcome.Ok);
        await Eventually.IsTrueAsync(
            "what was held back has its rows",
            Platform.WhileServerRuns(Patience),
            async ct => (await Platform.Table.RowsAsync(prefix, ct)).Count >= acknowledged,
            Cancellation
        );
        return Platform.History.Now;
    }

    /// <summary>It lists without looking at what is listed, so that hardly a moment passes in which no query is under way. What it leaves
    /// in the cache is looked at then: a list without
    /// what has its row is looked at for long enough.</summary>
    private async Task WithOneReaderAsync(IReadOnlyList<PlatformUnderTest> platforms, string prefix)
    {
        var reading = platforms[^1];
        await Platform.Table.GrowToAsync(Rows, Cancellation);
        for (var round = 0; round < Rounds; round++)
        {
            var posted = Marker.Of($"{prefix} one", Row, round * Row);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var reader = ReadAsync(ct => reading.GetFromServerAsync("/buffs", ct), end.Token);
            await Platform.PostManyAsync(posted, clients: 1, Cancellation);
            await Platform.AwaitRowAsync(posted[^1], Cancellation);
            await end.CancelAsync();
            await reader;
            if (await reading.AwaitListedAsync(posted, Afterwards, Cancellation) is [var missing, ..])
                late ??= await reading.FollowLateAsync(missing, Cancellation);
        }
    }

    private Task AwaitAfterwardsAsync()
    {
        var ended = Platform.History.Now;
        return Eventually.IsTrueAsync(
            "it was listed for long enough afterwards",
            Patience,
            _ => Task.FromResult(Platform.History.Now - ended > Afterwards.Ticks * 100),
            Cancellation
        );
    }

    private static async Task ReadAsync<T>(Func<CancellationToken, Task<T>> list, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            await list(CancellationToken.None);
    }
}
