using System.Collections.Concurrent;
using Verification.Stack.Events;
using Xunit;

namespace Verification.Tests.Unit.Stack.Events;

public sealed class FollowedEventsTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddHours(1);
    private readonly ConcurrentQueue<DateTimeOffset> opened = new();
    private readonly ConcurrentQueue<string> told = new();
    private readonly TaskCompletionSource again = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_that_breaks_is_opened_again_from_the_last_event_on()
    {
        var before = DateTimeOffset.UtcNow;
        await using (
            new FollowedEvents(
                Stream(tell =>
                {
                    tell(Event("die", Later));
                    throw new IOException("the engine is away");
                }),
                seen => told.Enqueue(seen.Name),
                TimeProvider.System,
                Pause
            )
        )
            await again.Task.WaitAsync(Patience, Cancellation);

        Assert.InRange(opened.First(), before, Later);
        Assert.Equal(Later.AddTicks(1), opened.ElementAt(1));
        Assert.Equal(["die"], told);
    }

    [Fact]
    public async Task One_that_ends_without_a_word_is_opened_again()
    {
        await using (new FollowedEvents(Stream(_ => { }), _ => { }, TimeProvider.System, Pause))
            await again.Task.WaitAsync(Patience, Cancellation);

        Assert.Equal(opened.First(), opened.ElementAt(1));
    }

    [Fact]
    public async Task Who_hears_of_it_may_fail_and_hears_of_the_next()
    {
        await using (
            new FollowedEvents(
                Stream(tell => tell(Event("die", Later)), tell => tell(Event("start", Later.AddSeconds(1)))),
                seen =>
                {
                    told.Enqueue(seen.Name);
                    if (seen.Name == "die")
                        throw new IOException("the disk is full");
                },
                TimeProvider.System,
                Pause
            )
        )
            await again.Task.WaitAsync(Patience, Cancellation);

        Assert.Equal(["die", "start"], told);
    }

    /// <summary>A stream that does one thing each time it is opened, and stays open once nothing is left to do.</summary>
    private EventStream Stream(params IReadOnlyList<Action<Action<InstanceEvent>>> each) =>
        async (since, tell, cancellationToken) =>
        {
            opened.Enqueue(since);
            if (opened.Count <= each.Count)
            {
                each[opened.Count - 1](tell);
                return;
            }

            again.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        };

    private static InstanceEvent Event(string name, DateTimeOffset at) => new(at, "mysql-1", name, null);
}
