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

    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1.7);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    [Objective("cache.race")]
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
        await WithManyReadersAsync(platforms, prefix);
        await WithOneReaderAsync(platforms, prefix);
        await Platform.FenceAsync(Cancellation);

        var staleness = Staleness.Check(
            Platform.History.Lines.Where(line => line.Name != "post" || line.Marker?.StartsWith(prefix, StringComparison.Ordinal) == true),
            new ObservationFiles(Suite.Folder).Questions
        );
        Decide(new Measurement(objective, staleness.Oldest.TotalSeconds, staleness.Listings, staleness.Diagnosis, 0.01));
    }

    private async Task WithManyReadersAsync(IReadOnlyList<PlatformUnderTest> platforms, string prefix)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var readers = Enumerable
            .Range(0, Readers)
            .Select(number => ReadAsync(platforms[number % platforms.Count].ListAsync, end.Token))
            .ToList();
        for (var burst = 0; burst < Bursts; burst++)
        {
            await Platform.PostManyAsync(Marker.Of($"{prefix} many", Burst, burst * Burst), clients: Burst, Cancellation);
            await AwaitAfterwardsAsync();
        }

        await end.CancelAsync();
        await Task.WhenAll(readers);
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
            await reading.AwaitListedAsync(posted, Afterwards, Cancellation);
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
