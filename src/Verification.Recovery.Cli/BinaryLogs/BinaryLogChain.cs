namespace Verification.Recovery;

/// <summary>The binary logs after a base: each joins the one before, the first joins the base.</summary>
/// <param name="All">What the base and all of them hold.</param>
/// <param name="ServerIds">Who wrote them.</param>
public sealed record BinaryLogChain(GtidSet All, IReadOnlySet<uint> ServerIds)
{
    /// <summary>Reads the files, each whole, and joins them.</summary>
    /// <param name="paths">The files of one server, in their order.</param>
    /// <param name="basis">What the base holds.</param>
    /// <exception cref="ChainBrokenException">One is damaged, cut or missing, or the first begins behind the base.</exception>
    public static BinaryLogChain Read(IReadOnlyList<string> paths, GtidSet basis)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Join([.. paths.Select(BinaryLog.Read)], basis);
    }

    internal static BinaryLogChain Join(IReadOnlyList<BinaryLog> logs, GtidSet basis)
    {
        if (logs is not [var first, ..])
            throw new ChainBrokenException("There is no binary log: what came after the base is in no file.");
        if (!first.Before.IsIn(basis))
            throw new ChainBrokenException(
                $"{first.Name} begins behind the base: {first.Before.Without(basis)} is in no file. Take an older base, or find the files before it."
            );

        var before = first.Before;
        foreach (var (number, log) in logs.Index())
        {
            if (!log.Before.IsSameAs(before))
                throw new ChainBrokenException(
                    $"{log.Name} begins with {log.Before}, and the file before it ends with {before}: a file between them is missing."
                );
            if (log.Torn is not null && number < logs.Count - 1)
                throw new ChainBrokenException($"{log.Name} is cut: it holds a part of {log.Torn} only.");
            before = before.With(log.Own);
        }

        return new BinaryLogChain(before.With(basis), logs.SelectMany(log => log.ServerIds).ToHashSet());
    }

    /// <summary>What a restore to just before a transaction holds.</summary>
    /// <param name="until">The GTID of the first transaction that is not wanted; null for all there is.</param>
    /// <param name="basis">What the base holds.</param>
    /// <exception cref="PointUnreachableException">The transaction is not in the archive, or is in the base.</exception>
    public GtidSet Wanted(string? until, GtidSet basis)
    {
        if (until is null)
            return All;
        var point = GtidSet.Parse(until);
        if (!point.IsIn(All))
            throw new PointUnreachableException($"{until} is not in the archive: it is not archived yet, or it is another server's.");
        if (point.IsIn(basis))
            throw new PointUnreachableException($"{until} is in the base already: take an older one (SNAPSHOT).");
        var (server, number) = until.Split(':') switch
        {
            [var name, var digits] => (Guid.Parse(name), long.Parse(digits)),
            _ => throw new FormatException($"'{until}' is not one transaction: UUID:NUMBER is wanted."),
        };
        return All.Without(GtidSet.Of(server, number, long.MaxValue - 1));
    }
}

/// <summary>There is no way to the point that a restore should come to. The message is one sentence for whoever restores.</summary>
/// <param name="message">It.</param>
public sealed class PointUnreachableException(string message) : Exception(message);
