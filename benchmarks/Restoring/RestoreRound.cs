using Verification.Recovery;

namespace Verification.Benchmarks.Restoring;

/// <summary>What one round took: a way of ours and the stock one, after each other.</summary>
/// <param name="Ours">From nothing to an answer over SQL, by the procedure <c>restore</c>, in s.</param>
/// <param name="Stock">The same by <c>restic dump | mysql</c>, and <c>mysqlbinlog | mysql</c> where something is replayed, in s.</param>
/// <param name="StockReplay">Of that, the replay; null where nothing is replayed.</param>
/// <param name="Phases">What the procedure told of its phases.</param>
internal sealed record RestoreRound(double Ours, double Stock, double? StockReplay, IReadOnlyList<ProcedurePhase> Phases)
{
    // Both read every table once: before the replay against what was backed up, after it as what has come back.
    private static readonly string[] Proofs = ["content", "prove"];

    /// <summary>How many times as long the stock way takes.</summary>
    public double Ratio => Stock / Ours;

    /// <summary>The same where the answer does not wait for a proof: the stock way has none.</summary>
    public double RatioWithoutProof => Stock / (Ours - Proof);

    /// <summary>How many times as long the stock replay takes.</summary>
    public double ReplayRatio => (StockReplay ?? throw new InvalidOperationException("nothing was replayed")) / SecondsOf("replay");

    /// <summary>What proving takes of the stock way, as a share.</summary>
    public double ProofShare => Proof / Stock;

    private double Proof => Proofs.Sum(SecondsOf);

    private double SecondsOf(string phase) => Phases.Where(each => each.Name == phase).Sum(each => each.Seconds);
}
