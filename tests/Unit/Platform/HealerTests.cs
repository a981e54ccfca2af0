using Microsoft.Extensions.Time.Testing;
using Verification.Objectives;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Readiness;
using Verification.Tests.Unit.Chaos;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Platforms;

public sealed class HealerTests : IAsyncDisposable
{
    private readonly OwnFolder folder = new();
    private readonly RunningInstances control = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return control.DisposeAsync();
    }

    [Fact]
    public async Task What_the_services_stand_on_starts_first_and_the_queue_is_purged_before_a_service_takes_anything_in_hand()
    {
        var stack = await AttachAsync();
        foreach (var name in new[] { "server", "activemq" })
            await control.KillAsync(stack.Description.Instances.Single(instance => instance.Name == name), Cancellation);
        control.Done.Clear();

        await HealerOf(stack).BringBackAsync(Purge, Cancellation);

        Assert.Equal(["start activemq", "purge", "start server"], control.Done);
    }

    [Fact]
    public async Task A_service_is_not_started_while_what_it_stands_on_can_not_be_reached()
    {
        var stack = await AttachAsync();
        await control.KillAsync(stack.Instance(InstanceRole.Server), Cancellation);
        control.Done.Clear();
        var refusals = 3;

        await HealerOf(stack).BringBackAsync(_ => refusals-- > 0 ? throw new IOException("refused") : Purge(Cancellation), Cancellation);

        Assert.Equal(["purge", "start server"], control.Done);
    }

    [Fact]
    public async Task A_service_that_ends_again_and_again_is_given_up_after_five_starts()
    {
        control.EndsAtOnce = "server";
        var stack = await AttachAsync();
        await control.KillAsync(stack.Instance(InstanceRole.Server), Cancellation);

        var thrown = await Assert.ThrowsAsync<StateNotSeenException>(() => HealerOf(stack).BringBackAsync(Purge, Cancellation));

        Assert.Equal(5, control.Done.Count(done => done == "start server"));
        Assert.Contains("server has been started 5 times and has ended each time", thrown.Unreached.Seen, StringComparison.Ordinal);
        Assert.True(thrown.Unreached.Waited < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Services_that_are_ended_to_be_started_anew_are_only_those_that_run()
    {
        var stack = await AttachAsync();
        await control.KillAsync(stack.Instance(InstanceRole.Dashboard), Cancellation);
        control.Done.Clear();

        await HealerOf(stack).EndServicesAsync(Cancellation);

        Assert.Equal(["kill server"], control.Done);
    }

    [Fact]
    public async Task What_is_away_is_started_although_the_platform_serves_without_it()
    {
        var stack = await AttachAsync();
        await control.KillAsync(stack.Instance(InstanceRole.Server), Cancellation);
        control.Done.Clear();

        await HealerOf(stack, () => 200).BringBackAsync(Purge, Cancellation);

        Assert.Equal(["purge", "start server"], control.Done);
    }

    [Fact]
    public async Task A_service_that_refuses_for_good_is_told_at_once_with_what_both_answer()
    {
        var stack = await AttachAsync();

        var thrown = await Assert.ThrowsAsync<StateNotSeenException>(() => HealerOf(stack, () => 401).BringBackAsync(Purge, Cancellation));

        Assert.Equal(
            "POST /buff: 401 'who are you?'; GET /buffs: 200 with 0 buffs; dashboard has answered 401 for 3 s, and no fault is active",
            thrown.Unreached.Seen
        );
        Assert.True(thrown.Unreached.Waited < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_a_service_answers_while_what_it_stands_on_only_starts_is_no_refusal_for_good()
    {
        var stack = await AttachAsync();
        await control.KillAsync(stack.Instance(InstanceRole.Broker), Cancellation);
        var asked = 0;

        await HealerOf(stack, () => ++asked > 6 ? 200 : 404).BringBackAsync(Purge, Cancellation);

        Assert.Equal(7, asked);
    }

    private Task<AttachedStack> AttachAsync() => DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);

    private Healer HealerOf(AttachedStack stack) => HealerOf(stack, () => control.AllRun(stack) ? 200 : 503);

    /// <summary>A healer whose Dashboard answers so; between two answers a second goes by.</summary>
    private Healer HealerOf(AttachedStack stack, Func<int> status)
    {
        var time = new FakeTimeProvider();
        var history = new ScenarioHistory(new HistoryLog(folder.In("history.jsonl"), time), "a scenario");
        return new Healer(stack, _ => Task.FromResult(Answers()), ["dashboard", "server"], history);

        ServiceAnswers Answers()
        {
            var post = new PostAnswer("alive", Outcome.Info, Answer(status(), "who are you?"));
            var invocation = history.Invoke("client", "post", "dashboard", post.Marker);
            time.Advance(TimeSpan.FromSeconds(1));
            history.End(invocation, post.Outcome, $"{post.Status}");
            return new ServiceAnswers(post, new ListAnswer(Answer(200, "[]")));
        }
    }

    private static HttpAnswer Answer(int status, string body) => new(status, body, null, [], null);

    private Task Purge(CancellationToken cancellationToken)
    {
        control.Done.Add("purge");
        return Task.CompletedTask;
    }
}
