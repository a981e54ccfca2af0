using Microsoft.Extensions.Time.Testing;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Suites;

public sealed class TestTimeLimitTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void A_test_that_takes_too_long_is_cancelled_and_it_is_known_why()
    {
        using var limit = new TestTimeLimit(TestContext.Current, TimeSpan.FromSeconds(90), time);

        time.Advance(TimeSpan.FromSeconds(89));
        Assert.Null(limit.Exceeded);
        Assert.False(TestContext.Current.CancellationToken.IsCancellationRequested);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("the scenario was ended after its time limit of 90 s", limit.Exceeded);
        Assert.True(TestContext.Current.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void One_that_has_ended_is_not()
    {
        var limit = new TestTimeLimit(TestContext.Current, TimeSpan.FromSeconds(90), time);
        limit.Dispose();

        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(limit.Exceeded);
    }
}
