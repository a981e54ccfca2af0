using Microsoft.Extensions.Time.Testing;
using Verification.Chaos.Faults;
using Verification.Objectives;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Chaos;

public sealed class InstanceFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string[]> Faults =>
        new()
        {
            { "kill", ["kill mysql", "start mysql"] },
            { "stop", ["stop mysql", "start mysql"] },
            { "freeze", ["pause mysql", "unpause mysql"] },
            { "cut", ["cut mysql from server Outgoing", "heal mysql"] },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_of_an_instance_is_seen_and_undone_once(string name, string[] done)
    {
        using var folder = new OwnFolder();
        var control = new RunningInstances();
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        var fault = FaultOf(name, stack);
        Assert.Null(await fault.EffectAsync(Cancellation));

        await using (await InjectorOf(folder, stack).InjectAsync(fault, Cancellation))
            Assert.NotNull(await fault.EffectAsync(Cancellation));

        await fault.HealAsync(Cancellation);
        Assert.Equal(done, control.Done);
        Assert.Null(await fault.EffectAsync(Cancellation));
    }

    [Fact]
    public async Task A_fault_that_takes_no_effect_is_told_and_healed()
    {
        using var folder = new OwnFolder();
        var control = new RunningInstances { IsDeaf = true };
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        var time = new FakeTimeProvider();
        var journal = new FaultJournal(new RunFolder(folder.Path));

        var injecting = new FaultInjector(stack.Description, HistoryIn(folder), journal, time).InjectAsync(
            FaultOf("freeze", stack),
            Cancellation
        );
        Assert.False(injecting.IsCompleted);
        time.Advance(FaultInjector.EffectDeadline);

        var thrown = await Assert.ThrowsAsync<FaultTookNoEffectException>(() => injecting);
        Assert.StartsWith("the fault freeze of mysql took no effect", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(journal.Unhealed(DescribedStack.Run));
    }

    [Theory]
    [InlineData("kill", "mysql does not run (exit code 137)")]
    [InlineData("freeze", "mysql is frozen")]
    [InlineData("cut", "3 packets between mysql and server were dropped (Outgoing)")]
    public async Task A_fault_that_can_not_be_undone_is_told(string name, string effect)
    {
        using var folder = new OwnFolder();
        var control = new RunningInstances();
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        var time = new FakeTimeProvider();
        var journal = new FaultJournal(new RunFolder(folder.Path));
        var injected = await new FaultInjector(stack.Description, HistoryIn(folder), journal, time).InjectAsync(
            FaultOf(name, stack),
            Cancellation
        );
        control.IsDeaf = true;

        var healing = injected.HealAsync(Cancellation);
        Assert.False(healing.IsCompleted);
        time.Advance(FaultInjector.EffectDeadline);

        var thrown = await Assert.ThrowsAsync<FaultNotHealedException>(() => healing);
        Assert.EndsWith(effect, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(name, Assert.Single(journal.Unhealed(DescribedStack.Run)).Name);
    }

    [Fact]
    public async Task A_stop_tells_the_exit_code()
    {
        using var folder = new OwnFolder();
        await using var stack = await DescribedStack.AttachAsync(folder, new RunningInstances(), destructive: true, Cancellation);
        var stop = new FaultCatalogue(stack).Stop(stack.Instance(InstanceRole.Mysql));

        await using (await InjectorOf(folder, stack).InjectAsync(stop, Cancellation))
            Assert.Equal(143, stop.ExitCode);
    }

    [Fact]
    public async Task What_a_dead_run_has_left_in_a_stack_is_healed_once_and_written_off()
    {
        using var folder = new OwnFolder();
        using var runs = new OwnFolder();
        var control = new RunningInstances();
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        Directory.CreateDirectory(runs.In("20261126-110000-bbbb"));
        var dead = new RunFolder(runs.In("20261126-110000-bbbb"));
        // Not disposed, as by a process that was killed.
        _ = await InjectorOf(folder, stack, dead).InjectAsync(FaultOf("kill", stack), Cancellation);
        _ = await InjectorOf(folder, stack, dead)
            .InjectAsync(new FaultCatalogue(stack).Freeze(stack.Instance(InstanceRole.Broker)), Cancellation);
        _ = await InjectorOf(folder, stack, dead)
            .InjectAsync(
                new FaultCatalogue(stack).Cut(
                    stack.Instance(InstanceRole.Dashboard),
                    [stack.Instance(InstanceRole.Broker)],
                    CutDirection.BothWays
                ),
                Cancellation
            );
        control.Done.Clear();

        var healed = await LeftFaults.HealAsync(stack, runs.Path, TimeProvider.System, Cancellation);
        var again = await LeftFaults.HealAsync(stack, runs.Path, TimeProvider.System, Cancellation);

        // The newest first.
        Assert.Equal([("cut", "dashboard"), ("freeze", "activemq"), ("kill", "mysql")], healed.Select(left => (left.Name, left.Target)));
        Assert.Equal(["heal dashboard", "unpause activemq", "start mysql"], control.Done);
        Assert.Empty(again);
    }

    [Fact]
    public async Task An_instance_that_a_dead_run_has_cut_off_and_then_frozen_is_let_go_and_reached_again()
    {
        using var folder = new OwnFolder();
        using var runs = new OwnFolder();
        var control = new RunningInstances();
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        Directory.CreateDirectory(runs.In("20261126-110000-bbbb"));
        var dead = new RunFolder(runs.In("20261126-110000-bbbb"));
        _ = await InjectorOf(folder, stack, dead).InjectAsync(FaultOf("cut", stack), Cancellation);
        _ = await InjectorOf(folder, stack, dead).InjectAsync(FaultOf("freeze", stack), Cancellation);
        control.Done.Clear();

        await LeftFaults.HealAsync(stack, runs.Path, TimeProvider.System, Cancellation);

        Assert.Equal(["unpause mysql", "heal mysql"], control.Done);
    }

    [Fact]
    public async Task What_could_not_be_healed_is_told_and_not_written_off()
    {
        using var folder = new OwnFolder();
        using var runs = new OwnFolder();
        var control = new RunningInstances { EndsAtOnce = "mysql" };
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        Directory.CreateDirectory(runs.In("20261126-110000-bbbb"));
        var dead = new RunFolder(runs.In("20261126-110000-bbbb"));
        _ = await InjectorOf(folder, stack, dead).InjectAsync(FaultOf("kill", stack), Cancellation);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            LeftFaults.HealAsync(stack, runs.Path, TimeProvider.System, Cancellation)
        );

        Assert.StartsWith(
            "kill of mysql, of a dead run (a scenario), could not be healed: mysql does not run.",
            thrown.Message,
            StringComparison.Ordinal
        );
        Assert.Single(new FaultJournal(dead).Unhealed(DescribedStack.Run));
    }

    [Fact]
    public async Task A_stack_that_may_not_be_changed_is_not_healed_either()
    {
        using var folder = new OwnFolder();
        var control = new RunningInstances();
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: false, Cancellation);

        Assert.Empty(await LeftFaults.HealAsync(stack, folder.Path, TimeProvider.System, Cancellation));
        Assert.Empty(control.Done);
    }

    [Fact]
    public async Task A_stack_that_may_not_be_changed_keeps_its_rows_its_cache_and_its_dead_letters()
    {
        using var folder = new OwnFolder();
        await using var stack = await DescribedStack.AttachAsync(folder, new RunningInstances(), destructive: false, Cancellation);
        var history = HistoryIn(folder);
        var (table, cache, queue) = (
            new BuffTable(stack, null, history, new ObservationFiles(new RunFolder(folder.Path))),
            new CachedList(stack),
            new BuffQueue(stack, null, history)
        );

        Func<Task>[] changes =
        [
            () => table.ClearAsync(Cancellation),
            () => table.DropAsync(Cancellation),
            () => table.KeepOnlyAsync("seed ", Cancellation),
            () => table.RenameAsync("a", "b", Cancellation),
            cache.ClearAsync,
            () => queue.TakeDeadLettersAsync(Cancellation),
        ];

        foreach (var change in changes)
            await Assert.ThrowsAsync<StackProtectedException>(change);
    }

    private static IFault FaultOf(string name, AttachedStack stack)
    {
        var (faults, mysql) = (new FaultCatalogue(stack), stack.Instance(InstanceRole.Mysql));
        return name switch
        {
            "kill" => faults.Kill(mysql),
            "stop" => faults.Stop(mysql),
            "cut" => faults.Cut(mysql, [stack.Instance(InstanceRole.Server)], CutDirection.Outgoing),
            _ => faults.Freeze(mysql),
        };
    }

    private static FaultInjector InjectorOf(OwnFolder folder, AttachedStack stack, RunFolder? run = null) =>
        new(stack.Description, HistoryIn(folder), new FaultJournal(run ?? new RunFolder(folder.Path)), TimeProvider.System);

    private static ScenarioHistory HistoryIn(OwnFolder folder) =>
        new(new HistoryLog(folder.In($"{Guid.NewGuid():N}.jsonl"), TimeProvider.System), "a scenario");
}
