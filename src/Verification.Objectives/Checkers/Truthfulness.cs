namespace Verification.Objectives;

/// <summary>Looks for lies among listings: an answer of 200 that lists fewer buffs than there certainly are, or no list. An error is no
/// lie.</summary>
public static class Truthfulness
{
    /// <summary>Holds the listings of a history against what was there.</summary>
    /// <param name="history">Operations; those named <c>get</c> count.</param>
    /// <param name="atLeast">How many buffs there were, at least.</param>
    /// <param name="since">Only what began then or later counts, in ns since the history's anchor.</param>
    public static TruthResult Check(IEnumerable<HistoryLine> history, long atLeast, long since = 0)
    {
        var listings = history.Where(line => line is { Kind: HistoryKind.Op, Name: "get" } && line.Invoke >= since).ToList();
        return new TruthResult(
            listings.Count,
            [.. listings.Where(line => line.Outcome == Outcome.Ok && !(line.Count >= atLeast)).Select(line => Told(line, atLeast))]
        );
    }

    private static string Told(HistoryLine line, long atLeast) =>
        line.Count is { } count
            ? $"{line.Instance} listed {count} buffs, there were {atLeast} at least"
            : $"{line.Instance} answered {line.Detail} with what is no list";
}

/// <summary>What became of listings.</summary>
/// <param name="Listings">How many there were, errors included.</param>
/// <param name="Lies">Each that was a lie, in a few words.</param>
public sealed record TruthResult(long Listings, IReadOnlyList<string> Lies);
