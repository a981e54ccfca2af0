namespace Verification.Recovery;

/// <summary>A set of transactions, as MySQL writes it: <c>UUID:1-7:9,UUID:3</c>. Immutable.</summary>
public sealed class GtidSet
{
    // Of each server, intervals that neither touch nor overlap, in their order; both ends are in.
    private readonly SortedDictionary<Guid, IReadOnlyList<(long First, long Last)>> servers;

    private GtidSet(SortedDictionary<Guid, IReadOnlyList<(long First, long Last)>> servers) => this.servers = servers;

    /// <summary>No transaction.</summary>
    public static GtidSet Empty { get; } = new([]);

    /// <summary>Whether there is no transaction in it.</summary>
    public bool IsEmpty => servers.Count == 0;

    /// <summary>Some transactions of one server, from the first to the last.</summary>
    public static GtidSet Of(Guid server, long first, long last) => new(new() { [server] = [(first, last)] });

    /// <summary>Reads a set.</summary>
    /// <exception cref="FormatException">It is none, or one with tags.</exception>
    public static GtidSet Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var set = Empty;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(':');
            if (words.Length < 2 || !Guid.TryParseExact(words[0], "D", out var server))
                throw NotOne(text);
            foreach (var interval in words.Skip(1))
            {
                var ends = interval.Split('-');
                if (
                    ends.Length > 2
                    || !long.TryParse(ends[0], out var first)
                    || !long.TryParse(ends[^1], out var last)
                    || first < 1
                    || last < first
                )
                    throw NotOne(text);
                set = set.With(Of(server, first, last));
            }
        }

        return set;
    }

    /// <summary>What is in either.</summary>
    public GtidSet With(GtidSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Combine(other, (own, its) => Merged([.. own, .. its]));
    }

    /// <summary>What is in this and not in the other.</summary>
    public GtidSet Without(GtidSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Combine(other, (own, its) => its.Aggregate(own, (left, taken) => [.. left.SelectMany(interval => Less(interval, taken))]));
    }

    /// <summary>Whether the other holds all of it.</summary>
    public bool IsIn(GtidSet other) => Without(other).IsEmpty;

    /// <summary>Whether both hold the same.</summary>
    public bool IsSameAs(GtidSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsIn(other) && other.IsIn(this);
    }

    /// <inheritdoc />
    public override string ToString() =>
        string.Join(
            ",",
            servers.Select(server =>
                $"{server.Key}:{string.Join(":", server.Value.Select(each => each.First == each.Last ? $"{each.First}" : $"{each.First}-{each.Last}"))}"
            )
        );

    private GtidSet Combine(
        GtidSet other,
        Func<IReadOnlyList<(long First, long Last)>, IReadOnlyList<(long First, long Last)>, IReadOnlyList<(long First, long Last)>> combine
    )
    {
        var combined = new SortedDictionary<Guid, IReadOnlyList<(long First, long Last)>>();
        foreach (var server in servers.Keys.Union(other.servers.Keys))
        {
            var intervals = combine(servers.GetValueOrDefault(server, []), other.servers.GetValueOrDefault(server, []));
            if (intervals.Count > 0)
                combined[server] = intervals;
        }

        return new GtidSet(combined);
    }

    private static List<(long First, long Last)> Merged(IReadOnlyList<(long First, long Last)> intervals)
    {
        var merged = new List<(long First, long Last)>();
        foreach (var interval in intervals.Order())
        {
            if (merged.Count > 0 && interval.First <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, interval.Last));
            else
                merged.Add(interval);
        }

        return merged;
    }

    private static IEnumerable<(long First, long Last)> Less((long First, long Last) interval, (long First, long Last) taken)
    {
        if (interval.First < taken.First)
            yield return (interval.First, Math.Min(interval.Last, taken.First - 1));
        if (interval.Last > taken.Last)
            yield return (Math.Max(interval.First, taken.Last + 1), interval.Last);
    }

    private static FormatException NotOne(string text) =>
        new($"'{text}' is no set of transactions as this program reads it: UUID:FIRST-LAST, without tags.");
}
