using Verification.Cluster.Diagnosis;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class PodLooksTests
{
    private const string Unready = "pod server-1 is Running, server not ready, restarted 2 times; events: none; log: no such host";
    private const string Event = "horizontalpodautoscaler server: no metrics";
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(12);

    [Fact]
    public void What_has_gone_back_by_itself_is_told_as_it_was_seen_before() =>
        Assert.Equal($"{Unready}\nthese pods have gone since\n{Event}", PodLooks.Told(Event, Unready, Lately));

    [Fact]
    public void What_is_not_ready_now_is_told_alone() =>
        Assert.Equal("pod dashboard-1 is Pending", PodLooks.Told("pod dashboard-1 is Pending", Unready, Lately));

    [Fact]
    public void What_was_not_ready_long_ago_is_not_told() =>
        Assert.Equal(string.Empty, PodLooks.Told(string.Empty, Unready, TimeSpan.FromMinutes(1)));
}
