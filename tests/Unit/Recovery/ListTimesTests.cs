using Verification.Recovery;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class ListTimesTests
{
    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(19, 0.19)]
    [InlineData(20, 0.19)]
    [InlineData(100, 0.95)]
    [InlineData(101, 0.96)]
    public void Of_a_hundred_ninety_five_took_at_most_the_p95(int count, double p95)
    {
        var times = ListTimes.Of(2, [.. Enumerable.Range(1, count).Reverse().Select(number => TimeSpan.FromMilliseconds(10 * number))], 3);

        Assert.Equal(p95, times.P95Seconds);
        Assert.Equal(count / 100.0, times.LongestSeconds);
        Assert.Equal((count, 3), (times.Answered, times.Unanswered));
    }

    [Fact]
    public void Where_nothing_was_answered_no_time_is_told() => Assert.Equal(new ListTimes(2, 0, 4, null, null), ListTimes.Of(2, [], 4));
}
