using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Platform;

public sealed class ServiceMetricsTests
{
    private const string Told = """
        # HELP requests_total Requests.
        # TYPE requests_total counter
        requests_total{code="200",method="POST"} 7
        requests_total{method="GET",code="200"} 5
        requests_total{code="503",method="POST",why="a \"quoted\", {braced} = text"} 2
        lag_seconds_sum 0.25
        lag_seconds_bucket{le="+Inf"} 3
        connected 1
        broken{
        nothing NaN-ish
        """;

    private static readonly ServiceMetrics Metrics = ServiceMetrics.Parse(Told);

    [Fact]
    public void Series_are_summed_by_the_labels_that_are_asked_for_in_whatever_order_they_stand()
    {
        Assert.Equal(14, Metrics.Sum("requests_total"));
        Assert.Equal(9, Metrics.Sum("requests_total", ("method", "POST")));
        Assert.Equal(5, Metrics.Sum("requests_total", ("code", "200"), ("method", "GET")));
        Assert.Equal(2, Metrics.Sum("requests_total", ("why", """a \"quoted\", {braced} = text""")));
        Assert.Equal(0.25, Metrics.Sum("lag_seconds_sum"));
        Assert.Equal(3, Metrics.Sum("lag_seconds_bucket", ("le", "+Inf")));
    }

    [Fact]
    public void What_is_not_told_counts_nothing_and_is_known_not_to_be_told()
    {
        Assert.Equal(0, Metrics.Sum("requests_total", ("code", "404")));
        Assert.Equal(0, Metrics.Sum("absent"));
        Assert.True(Metrics.Tells("connected"));
        Assert.False(Metrics.Tells("absent"));
        Assert.False(Metrics.Tells("nothing"));
        Assert.False(ServiceMetrics.Parse("").Tells(""));
    }
}
