namespace Verification.Recovery;

/// <summary>What an archive holds of a server other than the one that is restored, and the restore leaves out.</summary>
/// <param name="Server">UUID of that server.</param>
/// <param name="Transactions">What is left out.</param>
/// <param name="IsLater">Whether it went on after the server that is restored: then its data is the newer one.</param>
public sealed record LeftOut(string Server, GtidSet Transactions, bool IsLater)
{
    /// <summary>Looks at the newest binary log of each other server: it tells what was executed before it, too.</summary>
    /// <param name="archive">A folder for each server, named by its UUID.</param>
    /// <param name="server">The one that is restored.</param>
    /// <param name="wanted">What is restored.</param>
    /// <param name="newest">When the newest of that was written, in s since the epoch.</param>
    /// <exception cref="ChainBrokenException">A newest binary log is damaged.</exception>
    public static IReadOnlyList<LeftOut> Of(string archive, string server, GtidSet wanted, uint newest)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var left = new List<LeftOut>();
        foreach (var folder in Directory.EnumerateDirectories(archive).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            if (name == server || BinaryLogChain.FilesOf(folder) is not [.., var file])
                continue;
            var log = BinaryLog.Read(file);
            var transactions = log.Before.With(log.Own).Without(wanted);
            if (!transactions.IsEmpty)
                left.Add(new LeftOut(name, transactions, log.Newest > newest));
        }

        return left;
    }
}
