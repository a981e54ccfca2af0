using Verification.Stack.Readiness;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class EventuallyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failures_on_the_way_do_not_matter()
    {
        var asked = 0;

        var seen = await Eventually.SeeAsync(
            "three",
            TimeSpan.FromSeconds(10),
            _ => ++asked < 3 ? throw new IOException("not yet") : Task.FromResult(asked),
            answer => answer == 3,
            Cancellation);

        Assert.Equal(3, seen);
    }

    [Fact]
    public async Task A_state_that_does_not_come_is_told_with_what_was_seen_last()
    {
        var thrown = await Assert.ThrowsAsync<StateNotSeenException>(() =>
            Eventually.SeeAsync("the answer is 42", TimeSpan.FromMilliseconds(150), _ => Task.FromResult(41), answer => answer == 42, Cancellation));

        Assert.Contains("the answer is 42", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Seen last: 41", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_failure_is_told_and_kept_as_the_cause()
    {
        var thrown = await Assert.ThrowsAsync<StateNotSeenException>(() =>
            Eventually.SucceedsAsync("it connects", TimeSpan.FromMilliseconds(150), _ => throw new IOException("refused"), Cancellation));

        Assert.Contains("refused", thrown.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(thrown.InnerException);
    }
}
