namespace Verification.Objectives;

/// <summary>How long what had been listed can be missing again: whoever has seen a buff, and asks again, wants to see it.</summary>
public static class Flicker
{
    /// <summary>Holds each listing against what those had that had ended before it was asked for.</summary>
    /// <param name="history">Operations; those named <c>get</c> with the file of what was listed count.</param>
    /// <param name="listed">Gives what a file lists: the questions that are looked at.</param>
    /// <param name="forgiven">For how long what was listed may be missing again, so that the listing does not count; none unless
    /// said.</param>
    public static FlickerResult Check(
        IEnumerable<HistoryLine> history,
        Func<string, IReadOnlySet<string>> listed,
        TimeSpan forgiven = default
    )
    {
        ArgumentNullException.ThrowIfNull(listed);
        var listings = Operations
            .Of(history)
            .Where(line => line is { Name: "get", Outcome: Outcome.Ok, File: not null })
            .Select(line => (Line: line, There: listed(line.File!)))
            .ToList();
        var ended = new Queue<(HistoryLine Line, IReadOnlySet<string> There)>(listings.OrderBy(listing => listing.Line.Complete));
        var known = new HashSet<string>(StringComparer.Ordinal);
        // In the order in which they were listed first.
        var seen = new List<(string Marker, long At)>();
        var (longest, told, older) = (TimeSpan.Zero, (string?)null, 0L);
        foreach (var (line, there) in listings.OrderBy(listing => listing.Line.Invoke))
        {
            while (ended.TryPeek(out var before) && before.Line.Complete < line.Invoke)
            {
                ended.Dequeue();
                seen.AddRange(before.There.Where(known.Add).Select(marker => (marker, before.Line.Complete!.Value)));
            }

            if (seen.Find(each => !there.Contains(each.Marker)) is not { Marker: { } missing } first)
                continue;
            var gone = Outage.Between(first.At, line.Invoke);
            if (gone > forgiven)
                older++;
            if (gone > longest)
                (longest, told) = (gone, $"{line.Instance} did not list '{missing}' {gone.TotalSeconds:0.0} s after it had been listed");
        }

        return new FlickerResult(longest, listings.Count, older, told);
    }
}

/// <summary>How long what had been listed was missing again.</summary>
/// <param name="Longest">Longest time between the first listing that had a buff and one asked for later that did not.</param>
/// <param name="Listings">How many were looked at.</param>
/// <param name="Older">How many of them did not have what had been listed, and that for longer than is forgiven.</param>
/// <param name="Diagnosis">The listing and the buff; null where none was missing.</param>
public sealed record FlickerResult(TimeSpan Longest, long Listings, long Older, string? Diagnosis);
