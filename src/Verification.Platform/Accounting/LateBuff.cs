namespace Verification.Platform;

/// <summary>How far a buff has come that was acknowledged and is not listed, and so whose fault that is.</summary>
/// <param name="Told">That in a few words.</param>
/// <param name="Suspects">The components at fault, the likelier first.</param>
public sealed record LateBuff(string Told, IReadOnlyList<string> Suspects)
{
    private const string Server = "server";

    /// <inheritdoc />
    public override string ToString() => Told;

    /// <summary>By where the buff is: who has no row for it, or does not list what has one.</summary>
    /// <param name="question">Its question.</param>
    /// <param name="rows">How often it stands in the table.</param>
    /// <param name="queue">What lies in the queue, in a few words.</param>
    /// <param name="cached">What is cached.</param>
    internal static LateBuff Of(string question, long rows, string queue, CachedLook cached)
    {
        var known = $"'{Cut.To(question, 80)}'";
        if (rows == 0)
            return new LateBuff($"{known} has no row; {queue}", [Server, "mysql"]);
        return cached.Questions?.Contains(question) switch
        {
            // Who stores it has to take the list out of the cache.
            false => new LateBuff($"{known} has its row, and {cached}, without it", [Server, "redis"]),
            true => new LateBuff($"{known} has its row, and {cached}, with it", [Server]),
            null => new LateBuff($"{known} has its row; {cached}", [Server, "mysql"]),
        };
    }
}
