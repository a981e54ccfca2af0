using System.Globalization;

namespace Verification.Platform.Generating;

/// <summary>What the listings of one client say one after the other, of a table that nobody else changes: what was listed stays listed,
/// with its ID and its times, until it is marked as deleted; what has its row is listed; nothing is that nobody has posted.</summary>
public sealed class RememberedList
{
    private readonly List<PostedCase> posted = [];
    private readonly HashSet<PostedCase> deleted = [];
    private readonly Dictionary<string, ListedBuff> seen = new(StringComparer.Ordinal);
    private int stored;

    /// <summary>The first buff that has its row and is not marked as deleted; null where there is none.</summary>
    public PostedCase? First => posted.Take(stored).FirstOrDefault(each => !deleted.Contains(each));

    /// <summary>A buff was posted.</summary>
    public void Post(PostedCase buff) => posted.Add(buff);

    /// <summary>All that was posted so far has its row.</summary>
    public void Store() => stored = posted.Count;

    /// <summary>The row of a buff was marked as deleted: whether it is still listed is not looked at here.</summary>
    public void Delete(PostedCase buff)
    {
        ArgumentNullException.ThrowIfNull(buff);
        deleted.Add(buff);
        seen.Remove(buff.Buff.Question);
    }

    /// <summary>What a listing says otherwise, in a few words each; then it is remembered, too.</summary>
    /// <param name="listed">All that is listed.</param>
    /// <param name="listedAt">When, by the clock of the suite.</param>
    /// <param name="isFresh">Whether nothing was cached when it was asked for.</param>
    public IReadOnlyList<string> Deviations(IReadOnlyList<ListedBuff> listed, DateTimeOffset listedAt, bool isFresh)
    {
        ArgumentNullException.ThrowIfNull(listed);
        // Of those that have one question nobody knows which is which.
        var alone = listed
            .GroupBy(buff => buff.Question, StringComparer.Ordinal)
            .Where(group => group.Count() == 1)
            .SelectMany(group => group)
            .ToList();
        IReadOnlyList<string> deviations =
        [
            .. Strange(listed),
            .. Contents(listed, listedAt, isFresh),
            .. Missing(listed),
            .. Changed(alone),
        ];
        foreach (var buff in alone.Where(buff => !deleted.Any(each => each.IsIn(buff.Question))))
            seen.TryAdd(buff.Question, buff);
        return deviations;
    }

    private IEnumerable<string> Strange(IReadOnlyList<ListedBuff> listed) =>
        listed
            .Where(buff => !Marker.IsOwn(buff.Question) && !posted.Exists(each => each.IsIn(buff.Question)))
            .Select(buff => $"{Visible.Of(buff.Question)} is listed, and nobody has posted it");

    private IEnumerable<string> Contents(IReadOnlyList<ListedBuff> listed, DateTimeOffset listedAt, bool isFresh) =>
        from each in posted.Select((buff, index) => (Case: buff, IsDue: isFresh && index < stored))
        where !deleted.Contains(each.Case)
        where each.IsDue || each.Case.Answer.Status != 200 || listed.Any(buff => each.Case.IsIn(buff.Question))
        from deviation in each.Case.Deviations(listed, listedAt)
        select $"{Visible.Of(each.Case.Buff.Question)}: {deviation}";

    private IEnumerable<string> Missing(IReadOnlyList<ListedBuff> listed) =>
        seen
            .Keys.Except(listed.Select(buff => buff.Question), StringComparer.Ordinal)
            .Select(question => $"{Visible.Of(question)} was listed, and is not any more");

    private IEnumerable<string> Changed(IReadOnlyList<ListedBuff> listed)
    {
        foreach (var now in listed)
        {
            if (!seen.TryGetValue(now.Question, out var before))
                continue;
            if (now.Id != before.Id)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Visible.Of(now.Question)} had the ID {before.Id}, and has {now.Id} now"
                );
            if (!IsSame(before.CreatedAt, now.CreatedAt))
                yield return $"CreatedAt of {Visible.Of(now.Question)} was {before.CreatedAt}, and is {now.CreatedAt} now";
            if (!IsSame(before.UpdatedAt, now.UpdatedAt))
                yield return $"UpdatedAt of {Visible.Of(now.Question)} was {before.UpdatedAt}, and is {now.UpdatedAt} now";
        }
    }

    /// <summary>A trailing zero makes no other time.</summary>
    private static bool IsSame(string before, string now) => before == now || (Time(before) is { } time && time == Time(now));

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
