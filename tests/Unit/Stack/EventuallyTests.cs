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
            Cancellation
        );

        Assert.Equal(3, seen);
    }

    [Fact]
    public async Task A_state_that_does_not_come_is_told_with_what_was_seen_last()
    {
        var thrown = await Assert.ThrowsAsync<StateNotSeenException>(() =>
            Eventually.SeeAsync(
                "the answer is 42",
                TimeSpan.FromMilliseconds(150),
                _ => Task.FromResult(41),
                answer => answer == 42,
                Cancellation
            )
        );

        Assert.Contains("the answer is 42", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Seen last: 41", thrown.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception> FaultsOfWhoeverAsks =>
        [
            new InvalidOperationException("sequence contains no elements"),
            new InvalidCastException(),
            new KeyNotFoundException(),
            new ArgumentException("wrong"),
            new FileNotFoundException("config/redis/redis.conf"),
            new DirectoryNotFoundException("runs"),
            new IOException("No space left on device : 'runs/x'", hresult: 28),
            new IOException("Read-only file system : 'runs/x'", hresult: 30),
            new Xunit.Sdk.XunitException("Assert.Equal() failed"),
        ];

    [Theory]
    [MemberData(nameof(FaultsOfWhoeverAsks), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_of_whoever_asks_is_no_state_of_the_platform(Exception fault)
    {
        var asked = 0;
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() =>
            Eventually.IsTrueAsync(
                "it is there",
                TimeSpan.FromSeconds(10),
                _ =>
                {
                    asked++;
                    throw fault;
                },
                Cancellation
            )
        );

        Assert.Equal((fault, 1), (thrown, asked));
    }

    [Fact]
    public async Task Who_asks_may_say_what_means_not_yet()
    {
        var asked = 0;
        var patience = new Patience(TimeSpan.FromSeconds(10)) { NotYet = failure => failure is KeyNotFoundException };

        await Eventually.IsTrueAsync(
            "it is there",
            patience,
            _ => ++asked < 2 ? throw new KeyNotFoundException() : Task.FromResult(true),
            Cancellation
        );

        Assert.Equal(2, asked);
        await Assert.ThrowsAsync<IOException>(() =>
            Eventually.IsTrueAsync("it is there", patience, _ => throw new IOException("refused"), Cancellation)
        );
    }

    [Fact]
    public async Task What_is_in_vain_is_not_awaited()
    {
        var asked = 0;
        var patience = new Patience(TimeSpan.FromHours(1)) { InVain = _ => Task.FromResult(asked < 2 ? null : "it has ended") };

        var thrown = await Assert.ThrowsAsync<StateNotSeenException>(() =>
            Eventually.SeeAsync("it is there", patience, _ => Task.FromResult(++asked), _ => false, Cancellation)
        );

        Assert.Equal(("2; it has ended", 2), (thrown.Unreached.Seen, asked));
    }

    [Fact]
    public async Task Who_can_not_tell_whether_it_is_in_vain_gives_no_reason_to_stop()
    {
        var asked = 0;
        var patience = new Patience(TimeSpan.FromSeconds(10)) { InVain = _ => throw new IOException("nobody answers") };

        await Eventually.IsTrueAsync("it is there", patience, _ => Task.FromResult(++asked == 3), Cancellation);

        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Time_is_that_of_the_clock_that_was_given()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var waiting = Eventually.IsTrueAsync(
            "never",
            new Patience(TimeSpan.FromHours(1)) { Time = time },
            _ => Task.FromResult(false),
            Cancellation
        );
        Assert.False(waiting.IsCompleted);

        time.Advance(TimeSpan.FromHours(1));

        var thrown = await Assert.ThrowsAsync<StateNotSeenException>(() => waiting);
        Assert.Equal(TimeSpan.FromHours(1), thrown.Unreached.Waited);
    }

    [Theory]
    [InlineData("GET /buffs answers 200", "False")]
    [InlineData("'a. b' is listed", "503 with 12 characters: a. Seen last: b")]
    [InlineData("a\nstate", "two\nlines")]
    [InlineData("", "")]
    public void What_was_awaited_is_known_from_the_message(string state, string seen)
    {
        var thrown = new StateNotSeenException(state, TimeSpan.FromSeconds(30.04), seen, new IOException());

        Assert.Equal(
            new Verification.Objectives.UnreachedState(state, TimeSpan.FromSeconds(30), seen),
            StateNotSeenException.Parse(thrown.Message)
        );
        Assert.Null(StateNotSeenException.Parse("some other message"));
    }

    [Fact]
    public async Task The_last_failure_is_told_and_kept_as_the_cause()
    {
        var thrown = await Assert.ThrowsAsync<StateNotSeenException>(() =>
            Eventually.SucceedsAsync("it connects", TimeSpan.FromMilliseconds(150), _ => throw new IOException("refused"), Cancellation)
        );

        Assert.Contains("refused", thrown.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(thrown.InnerException);
    }
}
