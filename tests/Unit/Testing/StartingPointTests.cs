using Verification.Objectives;
using Verification.Stack.Readiness;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Suites;

public sealed class StartingPointTests
{
    private readonly List<string> done = [];
    private readonly List<(Measurement Measured, string Scenario)> recorded = [];
    private readonly HashSet<string> broken = new(StringComparer.Ordinal);
    private readonly StartingPoint point;
    private bool canRenew = true;

    public StartingPointTests() =>
        point = new StartingPoint(_ =>
        {
            done.Add("renew");
            return Task.FromResult(canRenew);
        });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_platform_that_comes_back_by_itself_is_only_reset()
    {
        await RunAsync("first");
        await RunAsync("second");

        Assert.Equal(["reset", "heal", "reset", "heal"], done);
        Assert.Empty(recorded);
    }

    [Fact]
    public async Task What_stays_broken_gets_new_services_and_is_recorded_of_the_scenario_before()
    {
        await RunAsync("first");
        broken.Add("reset");

        Assert.Null(await RunAsync("second"));

        Assert.Equal(["reset", "heal", "reset", "reset anew", "heal"], done);
        var (told, scenario) = Assert.Single(recorded);
        Assert.Equal(
            ("restart.recovers", "after first", "it comes there", "first"),
            (told.Objective, told.Phase, told.Unreached?.State, scenario)
        );
    }

    [Fact]
    public async Task A_healing_that_fails_is_recorded_once_and_the_next_scenario_does_not_try_it_again()
    {
        broken.Add("heal");
        await RunAsync("first");
        broken.Clear();

        Assert.Null(await RunAsync("second"));
        Assert.Null(await RunAsync("third"));

        Assert.Equal(["reset", "heal", "reset anew", "heal", "reset", "heal"], done);
        Assert.Equal("after first", Assert.Single(recorded).Measured.Phase);
    }

    [Fact]
    public async Task What_does_not_come_back_at_all_is_made_anew_once_and_then_nothing_more_is_measured()
    {
        await RunAsync("first");
        broken.UnionWith(["reset", "reset anew"]);
        await Assert.ThrowsAsync<StateNotSeenException>(() => ReachAsync());
        broken.Clear();
        await RunAsync("third");
        broken.UnionWith(["reset", "reset anew"]);

        var why = await ReachAsync();
        done.Clear();

        Assert.Equal(
            "the platform did not come back to its starting point after third, nor with services that were started anew; it had been made anew before",
            why
        );
        Assert.Equal(why, await RunAsync("fifth"));
        Assert.Empty(done);
    }

    [Fact]
    public async Task Where_there_is_no_other_stack_nothing_more_is_measured()
    {
        canRenew = false;
        await RunAsync("first");
        broken.UnionWith(["reset", "reset anew"]);

        Assert.Equal(
            "the platform did not come back to its starting point after first, nor with services that were started anew",
            await ReachAsync()
        );
        Assert.Equal(["reset", "heal", "reset", "reset anew", "renew"], done);
    }

    [Fact]
    public async Task A_platform_that_was_only_just_started_and_does_not_come_there_has_failed()
    {
        broken.Add("reset");

        await Assert.ThrowsAsync<StateNotSeenException>(() => ReachAsync());

        Assert.Equal(["reset"], done);
        Assert.Empty(recorded);
    }

    [Fact]
    public async Task A_state_that_a_scenario_has_waited_for_in_vain_is_not_awaited_once_more()
    {
        await RunAsync("first", wasReached: false);

        Assert.Null(await RunAsync("second"));
        Assert.Null(await RunAsync("third"));

        Assert.Equal(["reset", "reset anew", "heal", "reset", "heal"], done);
        Assert.Empty(recorded);
    }

    private async Task<string?> RunAsync(string scenario, bool wasReached = true)
    {
        var why = await ReachAsync();
        await point.LeaveAsync(scenario, wasReached, DoAsync("heal"), (measurement, scenario) => recorded.Add((measurement, scenario)));
        return why;
    }

    private Task<string?> ReachAsync() =>
        point.ReachAsync(
            DoAsync("reset"),
            DoAsync("reset anew"),
            (measurement, scenario) => recorded.Add((measurement, scenario)),
            Cancellation
        );

    private Func<CancellationToken, Task> DoAsync(string what) =>
        _ =>
        {
            done.Add(what);
            return broken.Contains(what)
                ? throw new StateNotSeenException("it comes there", TimeSpan.FromSeconds(30), "nothing", null)
                : Task.CompletedTask;
        };
}
