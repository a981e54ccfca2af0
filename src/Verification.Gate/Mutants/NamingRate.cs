using Verification.Objectives;

namespace Verification.Gate.Mutants;

/// <summary>In how many of those that were killed the first suspect is the component at fault. Where nobody is suspected, or no component
/// is said, it is not.</summary>
/// <param name="Named">In how many it is.</param>
/// <param name="Killed">How many were killed.</param>
/// <param name="OfNobody">How many of them by an objective that names nobody: there is no component to compare with.</param>
internal sealed record NamingRate(int Named, int Killed, int OfNobody)
{
    /// <summary>Counts results.</summary>
    /// <param name="results">What became of mutants.</param>
    /// <param name="gates">Says which objectives name somebody.</param>
    public static NamingRate Of(IEnumerable<MutantResult> results, Gates gates)
    {
        var killed = results.Where(result => result.Outcome == MutantOutcome.Killed).ToList();
        return new NamingRate(
            killed.Count(result => result.Named == true),
            killed.Count,
            killed.Count(result =>
                result.Named is null && gates.Objectives.TryGetValue(result.Objective, out var objective) && objective.Suspects is null
            )
        );
    }

    /// <summary>The rate: <c>39 of 45</c>.</summary>
    public override string ToString() => $"{Named} of {Killed}";
}
