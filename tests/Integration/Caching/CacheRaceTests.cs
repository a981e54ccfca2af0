using Verification.Chaos.Workloads;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Caching;

/// <summary>Listings that overlap commits.</summary>
public sealed class CacheRaceTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Readers = 8;
    private static readonly WorkloadRate Rate = new(Posts: 25, Gets: 10);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(2);
    private const long JustBefore = 500_000_000;
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

    private async Task RaceAsync(string objective, IReadOnlyList<PlatformUnderTest> platforms)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var readers = Enumerable.Range(0, Readers).Select(number => ReadAsync(platforms[number % platforms.Count], end.Token)).ToList();
        await using var writers = new SteadyWorkload(Platform, Marker.New("race"), Rate, TimeProvider.System);
        await writers.AwaitAcknowledgedAsync(40, Cancellation);
        // What is committed now comes at once when it may.
        await using (await InjectAsync(Faults.LockWrites()))
            await writers.AwaitAcknowledgedAsync(10, Cancellation);
        await writers.AwaitAcknowledgedAsync(40, Cancellation);
        await writers.EndAsync();
        // The last one has nobody behind it who would invalidate the list once more.
        var ended = Platform.History.Now;
        await Eventually.IsTrueAsync("it was listed for long enough afterwards", Patience, _ => Task.FromResult(Platform.History.Now - ended > Afterwards.Ticks * 100), Cancellation);
        await end.CancelAsync();
        await Task.WhenAll(readers);
        await Platform.FenceAsync(Cancellation);

        var staleness = Staleness.Check(CountedOf(writers.Prefix), new ObservationFiles(Suite.Folder).Questions);
        Decide(new Measurement(objective, staleness.Oldest.TotalSeconds, staleness.Listings, staleness.Diagnosis, 0.01));
    }

    /// <summary>Listings, and the writers' POSTs. What was acknowledged while writes were held, or just before, can't be stored before they are let go: it counts from then.</summary>
    private IEnumerable<HistoryLine> CountedOf(string prefix)
    {
        var held = Platform.History.Lines.Where(line => line.Kind == HistoryKind.Fault).Select(line => line.Invoke).ToList();
        var (from, to) = (held.Min() - JustBefore, held.Max());
        return Platform.History.Lines
            .Where(line => line.Name != "post" || line.Marker?.StartsWith(prefix, StringComparison.Ordinal) == true)
            .Select(line => line.Name == "post" && line.Complete >= from && line.Complete <= to ? line with { Complete = to } : line);
    }

    private static async Task ReadAsync(PlatformUnderTest platform, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            await platform.ListAsync(CancellationToken.None);
    }
}
