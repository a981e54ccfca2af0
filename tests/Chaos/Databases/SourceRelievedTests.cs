using Dapper;

namespace Verification.Tests.Chaos.Databases;

public sealed class SourceRelievedTests(PlatformFixture platform) : DatabaseScenario(platform)
{
    private const string Event = "relieved";
    private static readonly WorkloadRate Rate = new(Posts: 20, Gets: 20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Objective("promotion.relieved")]
    [Objective("promotion.lossless")]
    public async Task A_source_that_lives_is_fenced_before_its_replica_takes_writes_and_one_that_does_not_answer_is_not_promoted_over()
    {
        var (source, replica) = await PairAsync();
        var deviations = new List<string>();
        await using var workload = StartWorkload("source-relieved", Rate);
        await workload.AwaitAcknowledgedAsync(20, Cancellation);
        await ChangeAsync(source, $"CREATE EVENT IF NOT EXISTS {Event} ON SCHEDULE EVERY 1 DAY DO DO 0");
        var runs = await EventAsync(source);

        // Longer than HAProxy takes to look twice.
        await using var client = await Stack.MySqlAsync(Stack.Serving(InstanceRole.Mysql), Cancellation);
        await using (await InjectAsync(Faults.TakeCheckSessions(source.Instance)))
            await workload.AwaitListedAsync(40, Cancellation);
        if (!await client.PingAsync(Cancellation))
            deviations.Add("the endpoint has cut off a client because others have taken the sessions of its check");

        await using (await InjectAsync(Faults.Freeze(source.Instance)))
        {
            deviations.AddRange(await PromotedAsync(replica));
            if (await replica.TakesWritesAsync(Cancellation))
                deviations.Add($"{replica.Instance.Name} takes writes while its source is frozen");
        }

        var had = await replica.RowsAsync(workload.Prefix, Cancellation);
        await Eventually.IsTrueAsync(
            $"{replica.Instance.Name} goes on following",
            Patience,
            async ct => await replica.RowsAsync(workload.Prefix, ct) > had,
            Cancellation
        );
        await PromoteAsync(replica, workload, isDead: false);
        if (await source.TakesWritesAsync(Cancellation))
            deviations.Add($"{source.Instance.Name} goes on taking writes beside {replica.Instance.Name}");
        if (await EventAsync(replica) is var there && there != runs)
            deviations.Add($"the event is {there} at {replica.Instance.Name}, and was {runs}");
        await workload.AwaitAcknowledgedAsync(20, Cancellation);

        var rejoined = await MySqlPair.RejoinAsync(Stack, source.Instance, replica.Instance, discards: false, Cancellation);
        if (rejoined.ExitCode != 0)
        {
            deviations.Add($"rejoin of {source.Instance.Name} ended with {rejoined.ExitCode}: {rejoined.Error.Trim()}");
            await RejoinAsync(source, replica, discards: true);
        }

        await ChangeAsync(replica, $"DROP EVENT {Event}");
        await workload.AwaitAcknowledgedAsync(20, Cancellation);
        await workload.EndAsync();
        Keep(await AccountOfAsync("promotion.lossless", workload) with { Phase = "relieved" });

        deviations.AddRange(await DifferencesAsync(source, replica));
        Decide(Measurement.OfDeviations("promotion.relieved", deviations, 9) with { Target = source.Instance.Name });
    }

    /// <summary>How a replica is promoted that must not be.</summary>
    private async Task<IReadOnlyList<string>> PromotedAsync(ServerOfPair replica)
    {
        try
        {
            await MySqlPair.PromoteAsync(Stack, replica.Instance, isDead: false, Cancellation);
            return [$"{replica.Instance.Name} is promoted over a source that does not answer"];
        }
        catch (InvalidOperationException e)
        {
            return e.Message.Contains("could not be fenced", StringComparison.Ordinal) ? [] : [e.Message];
        }
    }

    private async Task ChangeAsync(ServerOfPair server, string statement)
    {
        await using var administrator = await Stack.AdministratorAsync(server.Instance, Cancellation);
        await administrator.ExecuteAsync(new CommandDefinition(statement, cancellationToken: Cancellation));
    }

    /// <summary>Whether the event runs, and as whom.</summary>
    private async Task<string?> EventAsync(ServerOfPair server)
    {
        await using var administrator = await Stack.AdministratorAsync(server.Instance, Cancellation);
        return await administrator.ExecuteScalarAsync<string>(
            new CommandDefinition(
                $"SELECT CONCAT(STATUS, ' as ', DEFINER) FROM information_schema.EVENTS WHERE EVENT_NAME = '{Event}'",
                cancellationToken: Cancellation
            )
        );
    }
}
