namespace Verification.Objectives;

/// <summary>How old listings are: an acknowledged buff that a listing does not have, although it was asked for long after.</summary>
public static class Staleness
{
    /// <summary>Holds each listing against what had been acknowledged when it was asked for.</summary>
    /// <param name="history">Operations: <c>post</c> with a marker, and <c>get</c> with the file of what was listed.</param>
    /// <param name="listed">Gives what a file lists: the questions.</param>
    /// <param name="since">What happened to a buff at the end of its <c>post</c>, for the diagnosis.</param>
    public static StalenessResult Check(
        IEnumerable<HistoryLine> history,
        Func<string, IReadOnlySet<string>> listed,
        string since = "it was acknowledged"
    )
    {
        ArgumentNullException.ThrowIfNull(listed);
        var operations = Operations.Of(history).Where(line => line.Outcome == Outcome.Ok).ToList();
        var acknowledged = operations.Where(line => line is { Name: "post", Marker: not null }).OrderBy(line => line.Complete).ToList();
        var listings = operations.Where(line => line is { Name: "get", File: not null }).ToList();
        var oldest = TimeSpan.Zero;
        string? told = null;
        foreach (var listing in listings)
        {
            var there = listed(listing.File!);
            // The first that is missing is the one that has been missing longest.
            if (
                acknowledged.TakeWhile(post => post.Complete < listing.Invoke).FirstOrDefault(post => !there.Contains(post.Marker!))
                is not { } missing
            )
                continue;
            var age = Outage.Between(missing.Complete!.Value, listing.Invoke);
            if (age > oldest)
                (oldest, told) = (age, $"{listing.Instance} did not list '{missing.Marker}' {age.TotalSeconds:0.0} s after {since}");
        }

        return new StalenessResult(oldest, listings.Count, acknowledged.Count, told);
    }
}

/// <summary>How old listings were.</summary>
/// <param name="Oldest">Longest time for which an acknowledged buff was missing from a listing when that was asked for.</param>
/// <param name="Listings">How many were looked at.</param>
/// <param name="Acknowledged">How many buffs could have been missing.</param>
/// <param name="Diagnosis">The listing and the buff; null where none was missing.</param>
public sealed record StalenessResult(TimeSpan Oldest, long Listings, long Acknowledged, string? Diagnosis);
