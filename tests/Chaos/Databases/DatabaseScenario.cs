namespace Verification.Tests.Chaos.Databases;

/// <summary>What every scenario has in which the source of a pair of MySQL servers is lost.</summary>
public abstract class DatabaseScenario(PlatformFixture platform) : ChaosScenario(platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Time between two looks at a server.</summary>
    protected static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>The source and its replica; on a stack without a pair the test is UNKNOWN.</summary>
    protected async Task<(ServerOfPair Source, ServerOfPair Replica)> PairAsync()
    {
        Unavailable(
            Stack.Instances(InstanceRole.Mysql).Count() == 2
                ? null
                : $"it needs a source and a replica of MySQL (topology pairs), and the stack has the topology {Stack.Description.Topology}"
        );
        var source = await Stack.PrimaryAsync(InstanceRole.Mysql, Cancellation);
        return (
            new ServerOfPair(Stack, source),
            new ServerOfPair(Stack, Stack.Instances(InstanceRole.Mysql).Single(server => server.Name != source.Name))
        );
    }

    /// <summary>Promotes a replica.</summary>
    /// <param name="replica">The replica.</param>
    /// <param name="workload">Whose writes are awaited.</param>
    /// <param name="isDead">Whether its source is known to be dead.</param>
    /// <returns>Time from the start of the promotion until the first write of the workload is there.</returns>
    protected async Task<TimeSpan> PromoteAsync(ServerOfPair replica, SteadyWorkload workload, bool isDead)
    {
        var begun = Now;
        await MySqlPair.PromoteAsync(Stack, replica.Instance, isDead, Cancellation);
        Platform.History.Event("promoted", replica.Instance.Name);
        // It has all that it is going to have from the old source.
        var inherited = await replica.RowsAsync(workload.Prefix, Cancellation);
        await Eventually.IsTrueAsync(
            $"a write reaches {replica.Instance.Name}",
            Patience,
            async ct => await replica.RowsAsync(workload.Prefix, ct) > inherited,
            Cancellation
        );
        Platform.History.Event("first-write", replica.Instance.Name);
        return TimeSpan.FromMicroseconds((Now - begun) / 1000.0);
    }

    /// <summary>Has an old source follow the new one.</summary>
    /// <param name="old">The old source.</param>
    /// <param name="source">The new one.</param>
    /// <param name="discards">Whether what only the old source has is given up.</param>
    protected async Task RejoinAsync(ServerOfPair old, ServerOfPair source, bool discards)
    {
        await Eventually.SeeAsync(
            $"{old.Instance.Name} follows {source.Instance.Name}",
            Patience,
            ct => MySqlPair.RejoinAsync(Stack, old.Instance, source.Instance, discards, ct),
            ended => ended.ExitCode == 0,
            Cancellation
        );
        Platform.History.Event("rejoined", old.Instance.Name);
    }

    /// <summary>How an old source that has what the new one has not follows it without being told to give that up: it must be
    /// refused.</summary>
    protected async Task<IReadOnlyList<string>> NotRefusedAsync(ServerOfPair old, ServerOfPair source)
    {
        var had = await Eventually.SeeAsync($"{old.Instance.Name} answers again", Patience, old.ExecutedAsync, _ => true, Cancellation);
        var ended = await MySqlPair.RejoinAsync(Stack, old.Instance, source.Instance, discards: false, Cancellation);
        return ended.ExitCode == 3 && await old.ExecutedAsync(Cancellation) == had
            ? []
            : [$"rejoin of {old.Instance.Name}, which had {had}, ended with {ended.ExitCode}: {ended.Output.Trim()} {ended.Error.Trim()}"];
    }

    /// <summary>How the old source, which follows the new one, is not its equal once the traffic has ended: three observations.</summary>
    protected static async Task<IReadOnlyList<string>> DifferencesAsync(ServerOfPair old, ServerOfPair source)
    {
        var differences = new List<string>();
        var executed = await source.ExecutedAsync(Cancellation);
        await Eventually.SeeAsync(
            $"{old.Instance.Name} has all transactions of {source.Instance.Name}",
            Patience,
            old.ExecutedAsync,
            set => set == executed,
            Cancellation
        );
        var (here, there) = (await old.ContentAsync(Cancellation), await source.ContentAsync(Cancellation));
        if (here != there)
            differences.Add($"{old.Instance.Name} has {here}, and its source {source.Instance.Name} has {there}");
        if (await old.TakesWritesAsync(Cancellation))
            differences.Add($"{old.Instance.Name} takes writes beside its source {source.Instance.Name}");
        if (!await source.WaitsForReplicaAsync(Cancellation))
            differences.Add($"{source.Instance.Name} does not wait for its replica at a commit");
        return differences;
    }
}
