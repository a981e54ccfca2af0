using Microsoft.Extensions.Time.Testing;
using Verification.Chaos.Faults;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Chaos;

public sealed class FaultInjectorTests
{
    private static readonly StackDescription Described = StackFile.Read(Files.Golden("stack.json"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_is_journaled_before_it_is_applied_and_after_it_has_healed()
    {
        using var folder = new OwnFolder();
        var (journal, history) = (new FaultJournal(new RunFolder(folder.Path)), HistoryIn(folder));
        var open = new List<int>();
        var fault = new Scripted
        {
            OnApply = () => open.Add(journal.Unhealed(Described.Run).Count),
            OnHeal = () => open.Add(journal.Unhealed(Described.Run).Count),
        };

        await using (await InjectorOf(history, journal).InjectAsync(fault, Cancellation))
            Assert.Equal(1, fault.Applied);

        Assert.Equal(1, fault.Healed);
        Assert.Equal([1, 1], open);
        Assert.Empty(journal.Unhealed(Described.Run));
        Assert.Equal([FaultPhase.Begin, FaultPhase.Effect, FaultPhase.Healed], history.Lines.Select(line => line.Phase!.Value));
        Assert.All(history.Lines, line => Assert.Equal(("trip", "mysql", "trip-1"), (line.Name, line.Instance, line.Marker)));
        Assert.Equal("it tripped", history.Lines[1].Detail);
    }

    [Fact]
    public async Task A_fault_heals_once()
    {
        using var folder = new OwnFolder();
        var fault = new Scripted();
        var injected = await InjectorOf(HistoryIn(folder), new FaultJournal(new RunFolder(folder.Path))).InjectAsync(fault, Cancellation);

        await injected.HealAsync(Cancellation);
        await injected.HealAsync(Cancellation);
        await injected.DisposeAsync();

        Assert.Equal(1, fault.Healed);
    }

    [Fact]
    public async Task A_fault_has_healed_once_it_is_gone()
    {
        using var folder = new OwnFolder();
        var (fault, history) = (new Scripted { Lingers = 2 }, HistoryIn(folder));
        var injected = await InjectorOf(history, new FaultJournal(new RunFolder(folder.Path))).InjectAsync(fault, Cancellation);

        await injected.HealAsync(Cancellation);

        Assert.Equal((1, 0), (fault.Healed, fault.Lingers));
        Assert.Equal([FaultPhase.Begin, FaultPhase.Effect, FaultPhase.Healed], history.Lines.Select(line => line.Phase!.Value));
    }

    [Fact]
    public async Task A_fault_that_is_still_there_once_it_was_undone_is_told_and_stays_in_the_journal()
    {
        using var folder = new OwnFolder();
        var (journal, history, time) = (new FaultJournal(new RunFolder(folder.Path)), HistoryIn(folder), new FakeTimeProvider());
        var fault = new Scripted { Lingers = int.MaxValue };
        var injector = new FaultInjector(Described with { Destructive = true }, history, journal, time);
        var injected = await injector.InjectAsync(fault, Cancellation);

        var healing = injected.HealAsync(Cancellation);
        Assert.False(healing.IsCompleted);
        time.Advance(FaultInjector.EffectDeadline);

        var thrown = await Assert.ThrowsAsync<FaultNotHealedException>(() => healing);
        Assert.StartsWith("the fault trip of mysql was undone, and is still there: ", thrown.Message, StringComparison.Ordinal);
        Assert.EndsWith("it trips still", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(FaultPhase.Effect, Assert.Single(journal.Unhealed(Described.Run)).Phase);
        Assert.DoesNotContain(history.Lines, line => line.Phase == FaultPhase.Healed);
    }

    [Fact]
    public async Task A_fault_that_can_not_be_applied_is_healed_and_its_reason_told()
    {
        using var folder = new OwnFolder();
        var journal = new FaultJournal(new RunFolder(folder.Path));
        var fault = new Scripted { OnApply = () => throw new IOException("no such thing") };

        var thrown = await Assert.ThrowsAsync<IOException>(() => InjectorOf(HistoryIn(folder), journal).InjectAsync(fault, Cancellation));

        Assert.Equal(("no such thing", 1), (thrown.Message, fault.Healed));
        Assert.Empty(journal.Unhealed(Described.Run));
    }

    [Fact]
    public async Task A_stack_that_may_not_be_changed_gets_no_fault()
    {
        using var folder = new OwnFolder();
        var (journal, fault) = (new FaultJournal(new RunFolder(folder.Path)), new Scripted());
        var injector = new FaultInjector(Described with { Destructive = false }, HistoryIn(folder), journal, TimeProvider.System);

        var thrown = await Assert.ThrowsAsync<StackProtectedException>(() => injector.InjectAsync(fault, Cancellation));

        Assert.Contains("Refused to trip mysql", thrown.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (fault.Applied, fault.Healed));
        Assert.False(File.Exists(folder.In("faults.jsonl")));
    }

    [Fact]
    public async Task A_fault_that_a_dead_run_has_left_is_known_by_its_journal()
    {
        using var folder = new OwnFolder();
        var run = new RunFolder(folder.Path);
        // Not disposed, as by a process that was killed.
        _ = await InjectorOf(HistoryIn(folder), new FaultJournal(run)).InjectAsync(new Scripted(), Cancellation);

        var left = Assert.Single(new FaultJournal(run).Unhealed(Described.Run));
        Assert.Equal(("trip", "mysql", FaultPhase.Effect), (left.Name, left.Target, left.Phase));
        Assert.Empty(new FaultJournal(run).Unhealed("another stack"));
    }

    private static FaultInjector InjectorOf(ScenarioHistory history, FaultJournal journal) =>
        new(Described with { Destructive = true }, history, journal, TimeProvider.System);

    private static ScenarioHistory HistoryIn(OwnFolder folder) =>
        new(new HistoryLog(folder.In("history.jsonl"), TimeProvider.System), "a scenario");

    private sealed class Scripted : IFault
    {
        public string Name => "trip";

        public string Target => "mysql";

        public Action? OnApply { get; init; }

        public Action? OnHeal { get; init; }

        public int Applied { get; private set; }

        public int Healed { get; private set; }

        /// <summary>How many looks see it once it was undone.</summary>
        public int Lingers { get; set; }

        public Task ApplyAsync(CancellationToken cancellationToken)
        {
            OnApply?.Invoke();
            Applied++;
            return Task.CompletedTask;
        }

        public Task<string?> EffectAsync(CancellationToken cancellationToken)
        {
            if (Applied > Healed)
                return Task.FromResult<string?>("it tripped");
            if (Healed == 0 || Lingers == 0)
                return Task.FromResult<string?>(null);
            Lingers--;
            return Task.FromResult<string?>("it trips still");
        }

        public Task HealAsync(CancellationToken cancellationToken)
        {
            OnHeal?.Invoke();
            Healed++;
            return Task.CompletedTask;
        }
    }
}
