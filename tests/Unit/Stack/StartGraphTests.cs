using System.Collections.Concurrent;
using Verification.Stack.Starting;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class StartGraphTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Steps_without_needs_of_each_other_run_side_by_side()
    {
        var graph = new StartGraph();
        var (left, right) = (new TaskCompletionSource(), new TaskCompletionSource());
        graph.Add(
            "left",
            [],
            async _ =>
            {
                left.SetResult();
                await right.Task;
            }
        );
        graph.Add(
            "right",
            [],
            async _ =>
            {
                right.SetResult();
                await left.Task;
            }
        );

        await graph.RunAsync(progress: null, Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task A_step_starts_after_all_it_needs()
    {
        var order = new ConcurrentQueue<string>();
        var graph = new StartGraph();
        graph.Add("network", [], _ => Note(order, "network"));
        graph.Add("mysql", ["network"], _ => Note(order, "mysql"));
        graph.Add("server", ["mysql", "network"], _ => Note(order, "server"));

        await graph.RunAsync(progress: null, Cancellation);

        Assert.Equal(["network", "mysql", "server"], order);
    }

    [Fact]
    public async Task The_first_failure_cancels_the_others_and_is_the_one_that_is_thrown()
    {
        var graph = new StartGraph();
        var started = new TaskCompletionSource();
        graph.Add(
            "slow",
            [],
            async ct =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, ct);
            }
        );
        graph.Add(
            "broken",
            [],
            async _ =>
            {
                await started.Task;
                throw new InvalidOperationException("broken");
            }
        );
        var reached = false;
        graph.Add(
            "after",
            ["broken"],
            _ =>
            {
                reached = true;
                return Task.CompletedTask;
            }
        );

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => graph.RunAsync(progress: null, Cancellation));

        Assert.Equal("broken", thrown.Message);
        Assert.False(reached);
    }

    [Fact]
    public void A_need_that_was_not_added_is_refused() =>
        Assert.Throws<ArgumentException>(() => new StartGraph().Add("server", ["mysql"], _ => Task.CompletedTask));

    private static Task Note(ConcurrentQueue<string> order, string step)
    {
        order.Enqueue(step);
        return Task.CompletedTask;
    }
}
