using Verification.Stack.Readiness;
using Verification.Tests.Integration.Contract;

namespace Verification.Tests.Integration.Upgrading;

public sealed class UpgradeTests(PlatformFixture platform) : Scenario(platform)
{
    /// <summary>Rows that the previous release has made before the new one comes.</summary>
    private const int Earlier = 100;

    /// <summary>Buffs that a release queues while no Server is there.</summary>
    private const int Queued = 20;

    /// <summary>Acknowledged POSTs by which a release shows that it takes traffic.</summary>
    private const int Steady = 20;

    private static readonly TimeSpan SettleDeadline = TimeSpan.FromSeconds(30);

    private readonly string prefix = Marker.New("release");
    private readonly List<PostAnswer> posts = [];
    private readonly HashSet<string> charged = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(3);

    /// <summary>From a table that the previous release has made and filled: both beside each other, then the new one alone, then the
    /// previous one alone.</summary>
    [Fact]
    [Objective("upgrade.lossless")]
    [Objective("upgrade.readable")]
    [Objective("rollback.lossless")]
    [Objective("rollback.readable")]
    public async Task A_release_takes_over_from_the_previous_one_under_traffic_and_gives_back_to_it()
    {
        await using var releases = await TwoReleases.StartPreviousAsync(Platform, RequireAdditions(), RequirePrevious(), Cancellation);
        var (previous, next) = (releases.Previous, releases.Next);
        posts.AddRange(await previous.Platform.PostManyAsync(Markers("earlier", Earlier), clients: 4, Cancellation));

        var failure = await UnderTrafficAsync("beside", releases, previous, next, () => releases.StartNextAsync(Cancellation));
        var beside = await AccountAsync("upgrade.lossless", "beside", next, failure);
        var both = await CompareAsync(previous, next);

        failure = await HandOverAsync("forward", releases, previous, next);
        var forward = await AccountAsync("upgrade.lossless", "forward", next, failure);
        var before = await next.Platform.ListAsync(Cancellation);

        failure = await HandOverAsync("back", releases, next, previous);
        var back = await AccountAsync("rollback.lossless", "back", previous, failure);
        var after = await HoldAgainstAsync(before, previous);

        Decide([.. beside, both, .. forward, .. back, after]);
    }

    private IReadOnlyList<string> Markers(string kind, int count) =>
        [.. Enumerable.Range(0, count).Select(index => $"{prefix} {kind} {index}")];

    private Task<UnreachedState?> HandOverAsync(string phase, TwoReleases releases, Release from, Release to) =>
        UnderTrafficAsync(
            phase,
            releases,
            from,
            to,
            async () => posts.AddRange(await releases.HandOverAsync(from, to, Markers($"queued {phase}", Queued), Cancellation))
        );

    /// <summary>Changes the releases while clients post through both Dashboards, those that are not there, too.</summary>
    /// <returns>Which state was awaited in vain; null where none was.</returns>
    private async Task<UnreachedState?> UnderTrafficAsync(string phase, TwoReleases releases, Release from, Release to, Func<Task> change)
    {
        await using var first = new BuffTraffic(from.Platform, $"{prefix} {phase} {from.Name}", clients: 1);
        await using var second = new BuffTraffic(to.Platform, $"{prefix} {phase} {to.Name}", clients: 1);
        try
        {
            await first.AwaitAcknowledgedAsync(Steady, Cancellation);
            await change();
            await second.AwaitAcknowledgedAsync(Steady, Cancellation);
            return null;
        }
        catch (StateNotSeenException e)
        {
            return e.Unreached;
        }
        finally
        {
            posts.AddRange(await first.EndAsync());
            posts.AddRange(await second.EndAsync());
        }
    }

    /// <summary>Accounts for all that was posted so far, but what an earlier phase was charged with.</summary>
    private async Task<IReadOnlyList<Measurement>> AccountAsync(string objective, string phase, Release through, UnreachedState? failure)
    {
        var open = posts.Where(post => !charged.Contains(post.Marker)).ToList();
        try
        {
            await Eventually.SeeAsync(
                "every acknowledged buff has its row",
                SettleDeadline,
                async ct => $"{Missing(open, await Platform.Table.RowsAsync(prefix, ct))} have none",
                seen => seen == "0 have none",
                Cancellation
            );
            // What is delivered a second time has come by then.
            await through.Platform.FenceAsync(Cancellation);
        }
        catch (StateNotSeenException e)
        {
            failure ??= e.Unreached;
        }

        var account = await Platform.Account.AsThingsStandAsync(prefix, Cancellation, charged);
        charged.UnionWith([.. account.Lost, .. account.DeadLettered, .. account.Duplicated]);
        var measured = Measurement.OfAccount(objective, account) with { Phase = phase };
        return failure is null ? [measured] : [measured, Measurement.OfUnreached(objective, failure) with { Phase = phase }];
    }

    private static int Missing(IEnumerable<PostAnswer> posts, IReadOnlyDictionary<string, long> rows) =>
        posts.Count(post => post.Outcome == Outcome.Ok && !rows.ContainsKey(post.Marker));

    /// <summary>Has each release list what the other one has just cached.</summary>
    private async Task<Measurement> CompareAsync(Release previous, Release next)
    {
        var deviations = new List<string>();
        var compared = 0L;
        foreach (var (filler, reader) in new[] { (previous, next), (next, previous), (previous, next), (next, previous) })
        {
            await Platform.Cache.ClearAsync();
            var filled = await filler.Platform.ListAsync(Cancellation);
            var read = await reader.Platform.ListAsync(Cancellation);
            var found = Deviations(filled, $"{filler.Name} from the table")
                .Concat(Deviations(read, $"{reader.Name} after the {filler.Name}"))
                .ToList();
            deviations.AddRange(found);
            if (found.Count > 0)
                continue;
            deviations.AddRange(Differences(filled.Buffs, read.Buffs, $"{reader.Name} after the {filler.Name}"));
            deviations.AddRange(await UnlistedAsync(read.Buffs, reader.Name));
            compared += read.Buffs.Count;
        }

        return Measurement.OfDeviations("upgrade.readable", deviations, compared);
    }

    /// <summary>Has the previous release list, from the table and from its cache, what the new one has listed.</summary>
    private async Task<Measurement> HoldAgainstAsync(ListAnswer before, Release previous)
    {
        var deviations = Deviations(before, "new, before the way back").ToList();
        var compared = 0L;
        await Platform.Cache.ClearAsync();
        foreach (var source in new[] { "from the table", "from its cache" })
        {
            var after = await previous.Platform.ListAsync(Cancellation);
            var found = Deviations(after, $"{previous.Name} {source}").ToList();
            deviations.AddRange(found);
            if (deviations.Count > 0)
                continue;
            deviations.AddRange(Differences(before.Buffs, after.Buffs, $"{previous.Name} {source}"));
            deviations.AddRange(await UnlistedAsync(after.Buffs, previous.Name));
            compared += before.Buffs.Count;
        }

        return Measurement.OfDeviations("rollback.readable", deviations, compared);
    }

    private static IEnumerable<string> Deviations(ListAnswer answer, string who) =>
        ListContract.Deviations(answer).Select(deviation => $"the {who}: {deviation}");

    /// <summary>Which buffs of one list are not, or not the same, in the other.</summary>
    private static IEnumerable<string> Differences(IReadOnlyList<ListedBuff> expected, IReadOnlyList<ListedBuff> listed, string who)
    {
        var byId = listed.ToDictionary(buff => buff.Id);
        foreach (var buff in expected)
        {
            if (!byId.TryGetValue(buff.Id, out var other))
                yield return $"the {who} does not list ID {buff.Id}";
            else if (Said(buff) != Said(other))
                yield return $"the {who} lists ID {buff.Id} as {Said(other)}, not as {Said(buff)}";
        }
    }

    /// <summary>What a buff says. A trailing zero of a time may be dropped.</summary>
    private static string Said(ListedBuff buff) =>
        $"{Time(buff.CreatedAt)} {Time(buff.UpdatedAt)} '{buff.Question}' [{string.Join(", ", buff.Answers.Select(answer => $"'{answer}'"))}]";

    private static string Time(string text) => $"{DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture):O}";

    private async Task<IEnumerable<string>> UnlistedAsync(IReadOnlyList<ListedBuff> listed, string who)
    {
        var questions = listed.Select(buff => buff.Question).ToHashSet(StringComparer.Ordinal);
        var rows = await Platform.Table.RowsAsync(prefix, Cancellation);
        return rows
            .Keys.Where(question => !questions.Contains(question))
            .Select(question => $"the {who} does not list '{question}', which is in the table");
    }
}
