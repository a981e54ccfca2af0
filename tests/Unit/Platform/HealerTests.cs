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

        await new Healer(
            stack,
            _ => Task.FromResult(true),
            new ScenarioHistory(new HistoryLog(folder.In("history.jsonl"), TimeProvider.System), "a scenario")
        ).BringBackAsync(Purge, Cancellation);

        Assert.Equal(["purge", "start server"], control.Done);
    }

    private Task<AttachedStack> AttachAsync() => DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);

    private Healer HealerOf(AttachedStack stack) =>
        new(
            stack,
            _ => Task.FromResult(control.AllRun(stack)),
            new ScenarioHistory(new HistoryLog(folder.In("history.jsonl"), TimeProvider.System), "a scenario")
        );

    private Task Purge(CancellationToken cancellationToken)
    {
        control.Done.Add("purge");
        return Task.CompletedTask;
    }
}
