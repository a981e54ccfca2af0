using Verification.Objectives;

namespace Verification.Gate.Repeating;

/// <summary>How the tries of a scenario have ended.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Unknown">How many decided nothing.</param>
/// <param name="Wanted">How many were asked for; as many as there were where none was said.</param>
/// <param name="Figures">The least and the greatest figure of each objective, by its id.</param>
internal sealed record ScenarioTally(
    string Scenario,
    int Passed,
    int Failed,
    int Unknown,
    int Wanted,
    IReadOnlyDictionary<string, (double Least, double Greatest)> Figures
)
{
    /// <summary>Counts.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="results">Results, those of others among them.</param>
    /// <param name="wanted">How many were asked for; null for as many as there are.</param>
    public static ScenarioTally Of(string scenario, IEnumerable<ScenarioResult> results, int? wanted)
    {
        var own = results.Where(result => result.Scenario == scenario).ToList();
        int Count(Verdict verdict) => own.Count(result => result.Verdict == verdict);
        return new ScenarioTally(
            scenario,
            Count(Verdict.Pass),
            Count(Verdict.Fail),
            Count(Verdict.Unknown),
            wanted ?? own.Count,
            own.SelectMany(result => result.Figures)
                .GroupBy(figure => figure.Key, figure => figure.Value, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => (group.Min(), group.Max()), StringComparer.Ordinal)
        );
    }

    /// <summary>What it says of its scenario: FAIL where one try failed; UNKNOWN where fewer passed than were asked for.</summary>
    public Verdict Verdict =>
        Failed > 0 ? Verdict.Fail
        : Passed < Wanted || Unknown > 0 ? Verdict.Unknown
        : Verdict.Pass;

    /// <summary>The counts as a sentence goes on.</summary>
    public string Counts => $"{Passed} passed, {Failed} failed, {Unknown} unknown of {Wanted}";
}
