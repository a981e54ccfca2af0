using Microsoft.Extensions.Time.Testing;
using Verification.Load;
using Verification.Stack;
using Verification.Stack.Control;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class PlatformWatchTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);
    private static readonly StackInstance Server = new("server", InstanceRole.Server, "id", new Dictionary<string, string>(), "172.18.0.4");

    [Fact]
    public async Task What_is_used_is_told_a_second_and_what_was_started_anew_begins_again()
    {
        using var end = new CancellationTokenSource();
        var told = new Told(end, [Used(0, 1, 1000, 500), Used(1, 1.5, 3000, 600), Used(2, 0.1, 200, 0), Used(4, 0.3, 1200, 50)]);

        var seen = await SeenAsync(told, end);

        Assert.Equal([0.5, 0.1], seen.Select(use => Math.Round(use.Cores, 3)));
        Assert.Equal([2000, 500], seen.Select(use => use.ReceivedPerSecond));
        Assert.Equal([100, 25], seen.Select(use => use.SentPerSecond));
    }

    [Fact]
    public async Task A_network_of_which_nothing_is_told_is_not_taken_for_an_idle_one()
    {
        using var end = new CancellationTokenSource();
        var told = new Told(end, [Used(0, 1, 10, 10) with { Network = null }, Used(1, 1.5, 10, 10) with { Network = null }]);

        var use = Assert.Single(await SeenAsync(told, end));

        Assert.Equal((0.5, null, null), (use.Cores, use.ReceivedPerSecond, use.SentPerSecond));
    }

    [Fact]
    public void What_was_seen_before_and_behind_the_load_is_left_out_and_who_was_not_looked_at_uses_what_he_did_before()
    {
        var seconds = PlatformWatch.Within(
            [
                At(-2.5, "redis", 9),
                At(-0.5, "server", 9),
                At(-0.4, "dashboard", 0.2),
                At(0.2, "server", 0.2),
                At(0.8, "server", 0.4),
                At(1.5, "mysql", 0.1),
                At(3.1, "server", 9),
            ],
            Began,
            TimeSpan.FromSeconds(3)
        );

        Assert.Equal([0, 1, 2], seconds.Select(second => second.Second));
        Assert.Equal([0.5, 0.6, 0.6], seconds.Select(second => Math.Round(second.Instances.Values.Sum(use => use.Cores), 3)));
        Assert.Equal([300, 300, 300], seconds.Select(second => second.Instances["server"].SentPerSecond));
        Assert.Null(seconds[2].Instances["mysql"].ReceivedPerSecond);
    }

    [Fact]
    public void Where_nobody_could_tell_there_is_nothing() => Assert.Empty(PlatformWatch.Within([], Began, TimeSpan.FromSeconds(3)));

    private static async Task<IEnumerable<InstanceUse>> SeenAsync(IReadsStatistics told, CancellationTokenSource end)
    {
        var time = new FakeTimeProvider(Began);
        var running = new PlatformWatch(told, [Server], time).RunAsync(end.Token);
        while (!running.IsCompleted)
            time.Advance(TimeSpan.FromSeconds(1));
        return (await running).Select(sample => sample.Use);
    }

    private static InstanceStatistics Used(double second, double cpuSeconds, long received, long sent) =>
        new(Began + TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(cpuSeconds), 1, 1, new NetworkTraffic(received, sent));

    private static PlatformSample At(double second, string instance, double cores) =>
        new(Began + TimeSpan.FromSeconds(second), instance, new InstanceUse(cores, 1, null, cores * 1000));

    /// <summary>Tells one after the other, and ends the watch behind the last.</summary>
    private sealed class Told(CancellationTokenSource end, IReadOnlyList<InstanceStatistics> looks) : IReadsStatistics
    {
        private int next;

        public async Task<InstanceStatistics> StatisticsAsync(StackInstance instance, CancellationToken cancellationToken)
        {
            if (next < looks.Count)
                return looks[next++];
            await end.CancelAsync();
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
