using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Caching;

/// <summary>Listings that overlap commits.</summary>
public sealed class CacheRaceTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Bursts = 2;

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

    /// <summary>Buffs come in bursts: while the list that one has made stale is queried anew, the next is committed. Behind each burst comes nothing for a while: a list that was filled too late stays.
    /// Of many readers the last to query mends what one has filled too late; a single one, whose query takes its time, leaves it.</summary>
    private async Task RaceAsync(string objective, IReadOnlyList<PlatformUnderTest> platforms)
    {
        var prefix = Marker.New("race");
        await BurstsAsync(platforms, readers: 8, [.. Enumerable.Range(0, Bursts).Select(burst => Marker.Of($"{prefix} many", 6, burst * 6))], clients: 6);
        await Platform.Table.GrowToAsync(Rows, Cancellation);
        await BurstsAsync(platforms, readers: 1, [.. Enumerable.Range(0, Bursts).Select(burst => Marker.Of($"{prefix} one", 20, burst * 20))], clients: 1);
        await Platform.FenceAsync(Cancellation);

        var staleness = Staleness.Check(
            Platform.History.Lines.Where(line => line.Name != "post" || line.Marker?.StartsWith(prefix, StringComparison.Ordinal) == true),
            new ObservationFiles(Suite.Folder).Questions);
        Decide(new Measurement(objective, staleness.Oldest.TotalSeconds, staleness.Listings, staleness.Diagnosis, 0.01));
    }

    /// <summary>Posts bursts while readers list; each reads through the Server that is its turn, the last first.</summary>
    private async Task BurstsAsync(IReadOnlyList<PlatformUnderTest> platforms, int readers, IReadOnlyList<IReadOnlyList<string>> bursts, int clients)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reading = Enumerable.Range(0, readers).Select(number => ReadAsync(platforms[^((number % platforms.Count) + 1)], end.Token)).ToList();
        foreach (var burst in bursts)
        {
            await Platform.PostManyAsync(burst, clients, Cancellation);
            var ended = Platform.History.Now;
            await Eventually.IsTrueAsync("it was listed for long enough afterwards", Patience, _ => Task.FromResult(Platform.History.Now - ended > Afterwards.Ticks * 100), Cancellation);
        }

        await end.CancelAsync();
        await Task.WhenAll(reading);
    }

    private static async Task ReadAsync(PlatformUnderTest platform, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            await platform.ListAsync(CancellationToken.None);
    }
}
