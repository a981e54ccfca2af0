namespace Verification.Recovery;

/// <summary>Transactions of one server that stand one after the other in a binary log.</summary>
/// <param name="Server">UUID of the server.</param>
/// <param name="First">Number of the first.</param>
/// <param name="Last">Number of the last.</param>
public sealed record GtidRun(Guid Server, long First, long Last)
{
    /// <summary>They as a set.</summary>
    public GtidSet Set => GtidSet.Of(Server, First, Last);

    /// <summary>Whether a transaction is one of them.</summary>
    public bool Holds(Guid server, long number) => Server == server && First <= number && number <= Last;
}
