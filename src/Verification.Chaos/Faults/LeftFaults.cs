using MySqlConnector;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Toxiproxy;
using Verification.Stack.Control;
using Verification.Stack.Readiness;

namespace Verification.Chaos.Faults;

/// <summary>Heals what dead runs have left in a stack that has outlived them.</summary>
public static class LeftFaults
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Longer than any pause that is asked for.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>How each kind is undone by a process that did not do it; what is in no list is told as not healed.</summary>
    private static readonly Dictionary<string, Func<AttachedStack, FaultRecord, CancellationToken, Task>> Healers = new(
        StringComparer.Ordinal
    )
    {
        ["kill"] = BringBackAsync,
        ["stop"] = BringBackAsync,
        ["freeze"] = BringBackAsync,
        [CutFault.Kind] = (stack, left, ct) => BringBackAsync(stack, left, instance => HealCutAsync(stack, left, instance, ct), ct),
        [ReplicaStopFault.Kind] = (stack, left, ct) =>
            BringBackAsync(stack, left, instance => new ReplicaStopFault(stack.Control, instance, takes: false).HealAsync(ct), ct),
        ["applier-stop"] = (stack, left, ct) =>
            BringBackAsync(stack, left, instance => new ReplicaStopFault(stack.Control, instance, takes: true).HealAsync(ct), ct),
        ["check-lock"] = (stack, left, ct) =>
            BringBackAsync(stack, left, instance => new CheckLockFault(stack, instance).HealAsync(ct), ct),
        [ReadOnlyFault.Kind] = (stack, left, ct) =>
            BringBackAsync(stack, left, instance => new ReadOnlyFault(stack.Control, instance).HealAsync(ct), ct),
        ["latency"] = ResetLinkAsync,
        ["black-hole"] = ResetLinkAsync,
        ["reset"] = ResetLinkAsync,
        ["no-buff"] = (stack, left, ct) => BringBackAsync(stack, left, instance => new NoBuffFault(stack, instance).HealAsync(ct), ct),
        ["refused-consumers"] = (stack, left, ct) =>
            BringBackAsync(stack, left, instance => new RefusedConsumersFault(stack, instance).HealAsync(ct), ct),
        ["detach"] = (stack, left, ct) =>
            BringBackAsync(stack, left, instance => new DetachFault(stack.Control, instance).HealAsync(ct), ct),
        ["memory-limit"] = (stack, left, ct) =>
            BringBackAsync(stack, left, instance => new MemoryLimitFault(stack.Control, instance).HealAsync(ct), ct),
        ["client-pause"] = (stack, _, ct) => new ClientPauseFault(stack, LongestPause).HealAsync(ct),
        ["lose-cluster"] = LoseNothingAsync,
        ["drop-table"] = (stack, left, ct) => BringBackAsync(stack, left, instance => RemakeTableAsync(stack, instance, ct), ct),
        // What was pushed is kept in memory alone.
        ["stale-drill"] = RestartAsync,
        ["archive-behind"] = RestartAsync,
        ["unproven-backup"] = RestartAsync,
        // And so is what was filled.
        ["folder-full"] = RestartAsync,
        // A session of the dead process held it, and has ended with it.
        ["table-lock"] = BringBackAsync,
        ["write-lock"] = BringBackAsync,
        ["connections"] = BringBackAsync,
        ["check-sessions"] = BringBackAsync,
        ["crowd"] = BringBackAsync,
        ["backlog"] = BringBackAsync,
        ["idle-clients"] = BringBackAsync,
        // The volume was one of the dead run, and has gone with it.
        ["disk-full"] = BringBackAsync,
    };

    /// <summary>The kinds of which it is known how to undo them.</summary>
    internal static IReadOnlyCollection<string> Kinds => Healers.Keys;

    /// <summary>Starts what they have stopped, lets go on what they have frozen, and undoes what they have done to networks, links,
    /// replicas, queues and tables, the newest first; what was held by a session of theirs has gone with it. Each is written off in its
    /// journal once it is seen to be undone; one that can't be keeps none of the others from it.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="runs">The folder of the stored runs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was healed.</returns>
    /// <exception cref="InvalidOperationException">Something could not be healed; of several an <see cref="AggregateException"/>.</exception>
    public static async Task<IReadOnlyList<FaultRecord>> HealAsync(
        AttachedStack stack,
        string runs,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(time);
        if (!stack.Description.Destructive || !Directory.Exists(runs))
            return [];
        var all = Directory
            .EnumerateDirectories(runs)
            .Select(path => new RunFolder(path))
            .Where(folder => File.Exists(folder.Faults))
            .OrderByDescending(folder => folder.Path, StringComparer.Ordinal)
            .Select(folder => new FaultJournal(folder))
            .SelectMany(journal => journal.Unhealed(stack.Description.Run).Reverse().Select(left => (Journal: journal, Left: left)))
            .ToList();
        var undone = new List<(FaultJournal Journal, FaultRecord Left)>();
        await EachOne.DoAsync<Func<Task>>([UndoAllAsync, WriteOffAsync], step => step()).ConfigureAwait(false);
        return [.. undone.Select(each => each.Left)];

        Task UndoAllAsync() =>
            EachOne.DoAsync(
                all,
                async each =>
                {
                    if (!Healers.TryGetValue(each.Left.Name, out var heal))
                        throw NotHealed(each.Left, "nobody but who has done it knows how to undo it");
                    await heal(stack, each.Left, cancellationToken).ConfigureAwait(false);
                    undone.Add(each);
                }
            );

        async Task WriteOffAsync()
        {
            if (undone.Count > 0)
                await new LeftPair(stack).HealAsync(cancellationToken).ConfigureAwait(false);
            foreach (var (journal, left) in undone)
                journal.Append(left with { Phase = FaultPhase.Healed, At = time.GetUtcNow() });
        }
    }

    private static Task BringBackAsync(AttachedStack stack, FaultRecord left, CancellationToken cancellationToken) =>
        BringBackAsync(stack, left, _ => Task.CompletedTask, cancellationToken);

    private static async Task ResetLinkAsync(AttachedStack stack, FaultRecord left, CancellationToken cancellationToken)
    {
        // What was done on the way to one instance has the name of that one.
        var target = stack.Description.Instances.SingleOrDefault(instance => instance.Name == left.Target);
        if ((target is { Carries: null } ? LinkControl.Find(stack, target.Role) : target) is { } link)
            await BringBackAsync(stack, left, link, _ => LinkControl.Of(stack, link).ResetAsync(cancellationToken), cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Lets the instance run, and undoes what was done to it besides.</summary>
    private static async Task BringBackAsync(
        AttachedStack stack,
        FaultRecord left,
        Func<StackInstance, Task> undo,
        CancellationToken cancellationToken
    )
    {
        // An instance that the stack does not have was one that the dead run had added, and has gone with it.
        if (stack.Description.Instances.SingleOrDefault(instance => instance.Name == left.Target) is { } instance)
            await BringBackAsync(stack, left, instance, undo, cancellationToken).ConfigureAwait(false);
    }

    private static async Task BringBackAsync(
        AttachedStack stack,
        FaultRecord left,
        StackInstance instance,
        Func<StackInstance, Task> undo,
        CancellationToken cancellationToken
    )
    {
        var state = await stack.Control.StateAsync(instance, cancellationToken).ConfigureAwait(false);
        if (state.Paused)
            await stack.Control.UnpauseAsync(instance, cancellationToken).ConfigureAwait(false);
        // What was done to its network, or to it as a link, has gone with its process.
        if (state.Running)
            await undo(instance).ConfigureAwait(false);
        else
            await stack.Control.StartAsync(instance, cancellationToken).ConfigureAwait(false);
        if (await stack.Control.StateAsync(instance, cancellationToken).ConfigureAwait(false) is not { Running: true, Paused: false })
            throw NotHealed(left, $"{instance.Name} does not run");
    }

    private static async Task HealCutAsync(
        AttachedStack stack,
        FaultRecord left,
        StackInstance instance,
        CancellationToken cancellationToken
    )
    {
        var partitions = stack.Control.Require<IPartitions>($"heal {instance.Name}");
        await partitions.HealAsync(instance, cancellationToken).ConfigureAwait(false);
        if (await partitions.DroppedAsync(instance, cancellationToken).ConfigureAwait(false) > 0)
            throw NotHealed(left, $"{instance.Name} still drops what others send, or what it sends them");
    }

    private static Task LoseNothingAsync(AttachedStack stack, FaultRecord left, CancellationToken cancellationToken) =>
        EachOne.DoAsync(
            stack.Description.Instances,
            instance => BringBackAsync(stack, left, instance, _ => Task.CompletedTask, cancellationToken)
        );

    private static Task RestartAsync(AttachedStack stack, FaultRecord left, CancellationToken cancellationToken) =>
        BringBackAsync(
            stack,
            left,
            async instance =>
            {
                await stack.Control.KillAsync(instance, cancellationToken).ConfigureAwait(false);
                await stack.Control.StartAsync(instance, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken
        );

    /// <summary>A Server makes the table that it does not find when it starts, where it may. What it held comes from no healing.</summary>
    private static async Task RemakeTableAsync(AttachedStack stack, StackInstance mysql, CancellationToken cancellationToken)
    {
        if (
            await HasTableAsync(cancellationToken).ConfigureAwait(false)
            || await TableRights.MakeTableAsync(stack, cancellationToken).ConfigureAwait(false)
        )
            return;
        foreach (var server in stack.Instances(InstanceRole.Server))
        {
            await stack.Control.KillAsync(server, cancellationToken).ConfigureAwait(false);
            await stack.Control.StartAsync(server, cancellationToken).ConfigureAwait(false);
        }

        await Eventually.IsTrueAsync("there is a table buffs again", Patience, HasTableAsync, cancellationToken).ConfigureAwait(false);

        async Task<bool> HasTableAsync(CancellationToken ct)
        {
            var connection = await stack.MySqlAsync(mysql, ct).ConfigureAwait(false);
            await using var disposal = connection.ConfigureAwait(false);
            using var command = new MySqlCommand("SHOW TABLES LIKE 'buffs'", connection);
            return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) is not null;
        }
    }

    private static InvalidOperationException NotHealed(FaultRecord left, string why) =>
        new(
            $"{left.Name} of {left.Target}, of a dead run ({left.Scenario}), could not be healed: {why}. Look at its log, or start the stack anew."
        );
}
