namespace Verification.Objectives;

/// <summary>Whether buffs stand in the order in which one client has posted them. Nobody promises that: each of two Servers stores what it
/// is given, and what is delivered again comes late. So it is a figure.</summary>
public static class Order
{
    /// <summary>Holds each acknowledged buff against those that had been acknowledged when it was posted.</summary>
    /// <param name="history">Operations of one client; those named <c>post</c> with a marker count. A marker that was posted more than once
    /// does not: nobody knows which of its rows is whose.</param>
    /// <param name="places">Where each marker stands: the id of its row. One that stands nowhere is not looked at.</param>
    public static OrderResult Check(IEnumerable<HistoryLine> history, IReadOnlyDictionary<string, long> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var posts = Operations
            .Of(history)
            .Where(line => line is { Name: "post", Marker: not null } && places.ContainsKey(line.Marker))
            .GroupBy(line => line.Marker!, StringComparer.Ordinal)
            .Where(group => group.Count() == 1)
            .Select(group => group.First())
            .Where(line => line.Outcome == Outcome.Ok)
            .ToList();
        var acknowledged = new Queue<HistoryLine>(posts.OrderBy(post => post.Complete));
        var overtakers = new List<string>();
        var compared = 0L;
        HistoryLine? last = null;
        foreach (var post in posts.OrderBy(post => post.Invoke))
        {
            while (acknowledged.TryPeek(out var before) && before.Complete < post.Invoke)
            {
                acknowledged.Dequeue();
                // The one that stands last tells of all of them.
                if (last is null || places[before.Marker!] > places[last.Marker!])
                    last = before;
            }

            if (last is null)
                continue;
            compared++;
            if (places[post.Marker!] < places[last.Marker!])
                overtakers.Add($"'{post.Marker}' stands before '{last.Marker}'");
        }

        return new OrderResult(compared, overtakers);
    }
}

/// <summary>In what order buffs stand.</summary>
/// <param name="Compared">How many were posted once another had been acknowledged.</param>
/// <param name="Overtakers">Each of them that stands before such a one, in a few words.</param>
public sealed record OrderResult(long Compared, IReadOnlyList<string> Overtakers)
{
    private const int Named = 3;

    /// <summary>It in a sentence.</summary>
    public string Diagnosis =>
        $"{Overtakers.Count} of {Compared} buffs stand before one that had been acknowledged when they were posted{(Overtakers.Count == 0 ? string.Empty : $": {string.Join(" | ", Overtakers.Take(Named))}")}";
}
