using Verification.Objectives;

namespace Verification.Platform;

/// <summary>Accounts for the POSTs of a scenario, out of its history and the rows that are there.</summary>
public sealed class BuffAccount
{
    private readonly PlatformUnderTest platform;
    private readonly ScenarioHistory history;
    private readonly CheckFiles checks;

    internal BuffAccount(PlatformUnderTest platform, ScenarioHistory history, CheckFiles checks) =>
        (this.platform, this.history, this.checks) = (platform, history, checks);

    /// <summary>Once the queue is empty, accounts for every POST: what was acknowledged, what stands in the table, and, where something is
    /// missing, what lies in the dead-letter queue.</summary>
    /// <param name="prefix">What each question starts with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Stack.Readiness.StateNotSeenException">What was posted last was not stored in time.</exception>
    public async Task<LedgerResult> CloseAsync(string prefix, CancellationToken cancellationToken)
    {
        await platform.FenceAsync(cancellationToken).ConfigureAwait(false);
        var heldBack = await platform.Queue.HeldBackAsync(cancellationToken).ConfigureAwait(false);
        if (heldBack > 0 && platform.Stack.Description.Destructive)
            await platform.ReleaseAsync(heldBack, cancellationToken).ConfigureAwait(false);
        return await AsThingsStandAsync(prefix, cancellationToken, heldBack: heldBack).ConfigureAwait(false);
    }

    /// <summary>Accounts for every POST as things stand now, with messages in the queue or not.</summary>
    /// <param name="prefix">What each question starts with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="except">Questions that have been accounted for.</param>
    /// <param name="heldBack">How many messages the broker had kept from its consumers.</param>
    public async Task<LedgerResult> AsThingsStandAsync(
        string prefix,
        CancellationToken cancellationToken,
        IReadOnlySet<string>? except = null,
        long heldBack = 0
    )
    {
        bool Counts(string? question) =>
            question is not null && question.StartsWith(prefix, StringComparison.Ordinal) && except?.Contains(question) != true;

        var posts = history.Lines.Where(line => Counts(line.Marker)).ToList();
        var rows = (await platform.Table.RowsAsync(prefix, cancellationToken).ConfigureAwait(false))
            .Where(row => Counts(row.Key))
            .ToDictionary(StringComparer.Ordinal);
        var account = Ledger.Check(posts, rows);
        if (account.Lost.Count > 0 && platform.Stack.Description.Destructive)
        {
            var buried = (await platform.Queue.TakeDeadLettersAsync(cancellationToken).ConfigureAwait(false))
                .Select(letter => letter.Question)
                .OfType<string>();
            account = Ledger.Check(
                posts,
                rows,
                buried
                    .CountBy(question => question, StringComparer.Ordinal)
                    .ToDictionary(each => each.Key, each => (long)each.Value, StringComparer.Ordinal)
            );
        }

        account = account with { HeldBack = heldBack };
        if (account.Faults > 0)
            account = account with { Journey = await FollowAsync(account, posts, cancellationToken).ConfigureAwait(false) };
        return account with { File = checks.Keep(history.Scenario, "ledger", account) };
    }

    /// <summary>Accounts for every POST while the platform does not serve: what waits in the queue is not lost for that.</summary>
    /// <param name="objective">Id of the objective, whose unit counts buffs.</param>
    /// <param name="prefix">What each question starts with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What can be said of them.</returns>
    public async Task<Measurement> MeasureOpenAsync(string objective, string prefix, CancellationToken cancellationToken)
    {
        // First: what is stored between the two looks is in both.
        var queue = await platform.Queue.TellAsync(cancellationToken).ConfigureAwait(false);
        return Measurement.OfOpenAccount(
            objective,
            await AsThingsStandAsync(prefix, cancellationToken).ConfigureAwait(false),
            queue?.Messages
        );
    }

    /// <summary>How far the buffs got that went astray: by their traces in the logs, and by what the queue, the list and the cache
    /// hold.</summary>
    private async Task<JourneyResult> FollowAsync(
        LedgerResult account,
        IReadOnlyList<HistoryLine> posts,
        CancellationToken cancellationToken
    )
    {
        var followed = Journeys.Of(
            account,
            await platform.NotesAsync(posts, cancellationToken).ConfigureAwait(false),
            platform.Struck(),
            posts
        );
        List<string> told = [$"{followed.Diagnosis}", await platform.QueueToldAsync(cancellationToken).ConfigureAwait(false)];
        if (account.Lost.Count > 0)
            told.Add(await ListedAsync(account.Lost, cancellationToken).ConfigureAwait(false));
        return followed with { Diagnosis = string.Join("; ", told) };
    }

    /// <summary>How many of the lost are listed, and cached, all the same: what is listed has had its row.</summary>
    private async Task<string> ListedAsync(IReadOnlyList<string> lost, CancellationToken cancellationToken)
    {
        // First: a listing fills the cache.
        var cached = await platform.Cache.LookAsync().ConfigureAwait(false);
        var list = await platform.ListAsync(cancellationToken).ConfigureAwait(false);
        var listed = list.Buffs.Select(buff => buff.Question).ToHashSet(StringComparer.Ordinal);
        var ofList = list.IsList ? $"the list has {lost.Count(listed.Contains)} of the lost" : $"GET /buffs was answered {list}";
        return cached.Questions is { } questions ? $"{ofList}, the cache {lost.Count(questions.Contains)}" : $"{ofList}, {cached}";
    }
}
