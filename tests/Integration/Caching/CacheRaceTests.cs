using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Caching;

/// <summary>Listings that overlap commits.</summary>
public sealed class CacheRaceTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Readers = 8;
    private const int Bursts = 4;
    private const int Burst = 6;

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

    /// <summary>Buffs come in bursts: while the list that one has made stale is queried anew, the next is committed. Behind each burst comes nothing for a while: a list that was filled too late stays.</summary>
    private async Task RaceAsync(string objective, IReadOnlyList<PlatformUnderTest> platforms)
    {
        await Platform.Table.GrowToAsync(Rows, Cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var readers = Enumerable.Range(0, Readers).Select(number => ReadAsync(platforms[number % platforms.Count], end.Token)).ToList();
        var prefix = Marker.New("race");
        for (var burst = 0; burst < Bursts; burst++)
        {
            await Platform.PostManyAsync(Marker.Of(prefix, Burst, burst * Burst), clients: Burst, Cancellation);
            var ended = Platform.History.Now;
            await Eventually.IsTrueAsync("it was listed for long enough afterwards", Patience, _ => Task.FromResult(Platform.History.Now - ended > Afterwards.Ticks * 100), Cancellation);
        }

        await end.CancelAsync();
        await Task.WhenAll(readers);
        await Platform.FenceAsync(Cancellation);

        var staleness = Staleness.Check(
            Platform.History.Lines.Where(line => line.Name != "post" || line.Marker?.StartsWith(prefix, StringComparison.Ordinal) == true),
            new ObservationFiles(Suite.Folder).Questions);
        Decide(new Measurement(objective, staleness.Oldest.TotalSeconds, staleness.Listings, staleness.Diagnosis, 0.01));
    }

    private static async Task ReadAsync(PlatformUnderTest platform, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            await platform.ListAsync(CancellationToken.None);
    }
}
