using System.Globalization;

namespace Verification.Recovery;

/// <summary>The binary logs after a base: each joins the one before, the first joins the base.</summary>
/// <param name="All">What the base and all of them hold.</param>
/// <param name="Logs">The binary logs, in their order.</param>
public sealed record BinaryLogChain(GtidSet All, IReadOnlyList<BinaryLog> Logs)
{
    /// <summary>Who wrote them.</summary>
    public IReadOnlySet<uint> ServerIds => Logs.SelectMany(log => log.ServerIds).ToHashSet();

    /// <summary>When the newest of them was written, in s since the epoch.</summary>
    public uint Newest => Logs.Max(log => log.Newest);

    /// <summary>Reads the files from the base on, each whole, and joins them: of what is older the base holds all.</summary>
    /// <param name="folder">The binary logs of one server.</param>
    /// <param name="basis">What the base holds.</param>
    /// <exception cref="ChainBrokenException">One is damaged, cut or missing, or the first begins behind the base.</exception>
    public static BinaryLogChain Read(string folder, GtidSet basis)
    {
        var files = FilesOf(folder);
        var first = files.Count - 1;
        while (first > 0 && !BinaryLog.ReadBefore(files[first]).IsIn(basis))
            first--;
        return Join([.. files.Skip(first).Select(BinaryLog.Read)], basis);
    }

    /// <summary>The binary logs of a folder by their numbers, which outgrow their six digits; none where there is no such folder.</summary>
    /// <exception cref="ChainBrokenException">There is a file without a number.</exception>
    internal static IReadOnlyList<string> FilesOf(string folder) =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(folder)
                    // A leading dot has what was not moved to its place.
                    .Where(file => !Path.GetFileName(file).StartsWith('.'))
                    .OrderBy(NumberOf),
            ];

    private static long NumberOf(string file) =>
        long.TryParse(Path.GetExtension(file).TrimStart('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ChainBrokenException($"{Path.GetFileName(file)} is no binary log: it has no number.");

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

        return new BinaryLogChain(before.With(basis), logs);
    }

    /// <summary>What a restore to just before a transaction holds: what stands before it in the files, whoever wrote it.</summary>
    /// <param name="until">The GTID of the first transaction that is not wanted; null for all there is.</param>
    /// <param name="basis">What the base holds.</param>
    /// <exception cref="PointUnreachableException">The transaction is not in the archive, or is in the base.</exception>
    public GtidSet Wanted(string? until, GtidSet basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        if (until is null)
            return All;
        if (GtidSet.Parse(until).IsIn(basis))
            throw new PointUnreachableException($"{until} is in the base already: take an older one (SNAPSHOT).");
        var (server, number) = until.Split(':') switch
        {
            [var name, var digits] => (Guid.Parse(name), long.Parse(digits)),
            _ => throw new FormatException($"'{until}' is not one transaction: UUID:NUMBER is wanted."),
        };
        var wanted = Logs[0].Before.With(basis);
        foreach (var run in Logs.SelectMany(log => log.Runs))
        {
            if (run.Holds(server, number))
                return number == run.First ? wanted : wanted.With(GtidSet.Of(server, run.First, number - 1));
            wanted = wanted.With(run.Set);
        }

        throw new PointUnreachableException($"{until} is not in the archive: it is not archived yet, or it is another server's.");
    }
}

/// <summary>There is no way to the point that a restore should come to. The message is one sentence for whoever restores.</summary>
/// <param name="message">It.</param>
public sealed class PointUnreachableException(string message) : Exception(message);
