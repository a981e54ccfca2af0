using System.Text.RegularExpressions;
using Verification.Chaos.Faults;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Chaos;

public sealed partial class LeftFaultTests : IDisposable
{
    // Its index takes no line until somebody who knows it says so.
    private static readonly string[] OnlyTold = ["refused-writes"];
    private static readonly string[] Rooms = ["src", "tests"];
    private readonly OwnFolder folder = new();
    private readonly OwnFolder runs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        folder.Dispose();
        runs.Dispose();
    }

    [Fact]
    public void Every_kind_of_fault_is_one_that_a_later_run_can_undo()
    {
        var kinds = Rooms
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Files.Root, room), "*Fault.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText)
            .Where(text => Kind().IsMatch(text))
            .SelectMany(text => Named().Matches(text))
            .SelectMany(named => Word().Matches(named.Groups["names"].Value))
            .Select(word => word.Groups["word"].Value)
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.Equal(kinds, LeftFaults.Kinds.Concat(OnlyTold).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_nobody_knows_how_to_undo_is_told_and_not_written_off_and_the_rest_is_healed()
    {
        var control = new RunningInstances();
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        var journal = JournalOf(("kill", "mysql"), ("curse", "mysql"), ("stop", "server"));
        await KillAsync(stack, control, "mysql", "server");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => HealAsync(stack));

        Assert.StartsWith(
            "curse of mysql, of a dead run (a scenario), could not be healed: nobody but who has done it knows how to undo it.",
            thrown.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("curse", Assert.Single(journal.Unhealed(DescribedStack.Run)).Name);
        Assert.True(control.AllRun(stack));
    }

    [Fact]
    public async Task An_instance_that_does_not_come_back_keeps_no_other_from_it()
    {
        var control = new RunningInstances { EndsAtOnce = "server" };
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        var journal = JournalOf(("kill", "mysql"), ("kill", "server"));
        await KillAsync(stack, control, "mysql", "server");

        await Assert.ThrowsAsync<InvalidOperationException>(() => HealAsync(stack));

        Assert.Equal("server", Assert.Single(journal.Unhealed(DescribedStack.Run)).Target);
        Assert.Equal(["start server", "start mysql"], control.Done);
    }

    [Fact]
    public async Task A_cut_that_is_still_there_is_told_and_not_written_off()
    {
        var control = new RunningInstances();
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        var journal = JournalOf((CutFault.Kind, "mysql"));
        await control.CutAsync(stack.Instance(InstanceRole.Mysql), [], CutDirection.BothWays, Cancellation);
        control.IsDeaf = true;

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => HealAsync(stack));

        Assert.StartsWith(
            "cut of mysql, of a dead run (a scenario), could not be healed: mysql still drops",
            thrown.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(CutFault.Kind, Assert.Single(journal.Unhealed(DescribedStack.Run)).Name);
    }

    [Fact]
    public async Task Of_a_cluster_that_was_lost_every_instance_is_started()
    {
        var control = new RunningInstances();
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        var journal = JournalOf(("lose-cluster", "cluster"));
        await KillAsync(stack, control, [.. stack.Description.Instances.Select(instance => instance.Name)]);

        Assert.Single(await HealAsync(stack));

        Assert.True(control.AllRun(stack));
        Assert.Empty(journal.Unhealed(DescribedStack.Run));
    }

    [Fact]
    public async Task What_a_dead_run_had_added_has_gone_with_it()
    {
        var control = new RunningInstances();
        await using var stack = await DescribedStack.AttachAsync(folder, control, destructive: true, Cancellation);
        var journal = JournalOf(("kill", "another server"));

        Assert.Single(await HealAsync(stack));

        Assert.Empty(control.Done);
        Assert.Empty(journal.Unhealed(DescribedStack.Run));
    }

    [Fact]
    public async Task A_source_that_was_killed_is_healed_once_a_server_of_the_pair_takes_writes_and_the_other_follows()
    {
        var source = string.Empty;
        var asked = new List<string>();
        var control = new RunningInstances
        {
            Answer = (instance, command) =>
            {
                asked.Add($"{instance.Name}: {command.Split('/')[^1]}");
                if (command.EndsWith("/promote", StringComparison.Ordinal))
                    source = instance.Name;
                if (command.EndsWith("read_only'", StringComparison.Ordinal))
                    return $"read_only\t{(instance.Name == source ? "OFF" : "ON")}";
                return command.EndsWith("SHOW REPLICA STATUS", StringComparison.Ordinal) && instance.Name == "mysql-1" ? "a row" : "";
            },
        };
        await using var stack = await DescribedStack.AttachAsync(
            folder,
            control,
            destructive: true,
            Cancellation,
            DescribedStack.Instance("mysql-1", InstanceRole.Mysql)
        );
        var journal = JournalOf(("kill", "mysql"));
        await KillAsync(stack, control, "mysql");

        Assert.Single(await HealAsync(stack));

        Assert.Equal("mysql-1", source);
        Assert.Equal("mysql: rejoin mysql-1 --discard", asked[^1]);
        Assert.Empty(journal.Unhealed(DescribedStack.Run));
    }

    private Task<IReadOnlyList<FaultRecord>> HealAsync(AttachedStack stack) =>
        LeftFaults.HealAsync(stack, runs.Path, TimeProvider.System, Cancellation);

    /// <summary>The journal of a run that was killed while these faults were applied.</summary>
    private FaultJournal JournalOf(params IReadOnlyList<(string Name, string Target)> faults)
    {
        Directory.CreateDirectory(runs.In("20261126-110000-bbbb"));
        var journal = new FaultJournal(new RunFolder(runs.In("20261126-110000-bbbb")));
        foreach (var (index, (name, target)) in faults.Index())
            journal.Append(
                new FaultRecord(
                    $"{name}-{index}",
                    "a scenario",
                    name,
                    target,
                    DescribedStack.Run,
                    FaultPhase.Effect,
                    TimeProvider.System.GetUtcNow()
                )
            );
        return journal;
    }

    private static async Task KillAsync(AttachedStack stack, RunningInstances control, params IReadOnlyList<string> names)
    {
        foreach (var name in names)
            await control.KillAsync(stack.Description.Instances.Single(instance => instance.Name == name), Cancellation);
        control.Done.Clear();
    }

    [GeneratedRegex(@": (IFault|LinkFault)\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Kind();

    [GeneratedRegex(
        "(string Name =>|const string Kind =)(?<names>[^;]*);",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.Singleline
    )]
    private static partial Regex Named();

    [GeneratedRegex("\"(?<word>[a-z-]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
