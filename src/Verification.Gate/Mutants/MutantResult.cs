using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Verification.Objectives;

namespace Verification.Gate.Mutants;

/// <summary>What became of a mutant: a line of <c>runs/mutants.jsonl</c>.</summary>
/// <param name="Mutant">Its name.</param>
/// <param name="Content">Hash of all that the result rests on.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Objective">The objective that had to catch it.</param>
/// <param name="Why">The evidence, or why there is none.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="At">When it ended.</param>
internal sealed partial record MutantResult(
    string Mutant,
    string Content,
    MutantOutcome Outcome,
    string Objective,
    string Why,
    double Seconds,
    DateTimeOffset At
) : IJsonOnDeserialized
{
    /// <summary>Whether the first suspect was the component at fault; null where either is not said.</summary>
    public bool? Named { get; init; }

    /// <summary>Seed of the sample that has drawn it; null for one that no sample has.</summary>
    public int? Sample { get; init; }

    /// <summary>How often it was tried, the last time included; null where it may be tried once only.</summary>
    public int? Tries { get; init; }

    /// <summary>Whether its objective looks at a configuration alone, and at nothing that the platform does.</summary>
    [JsonIgnore]
    public bool IsOfConfiguration =>
        Objective.StartsWith("settings.", StringComparison.Ordinal) || Objective.StartsWith("manifests.", StringComparison.Ordinal);

    /// <inheritdoc />
    void IJsonOnDeserialized.OnDeserialized()
    {
        LineRules.Demand(Mutant.Length > 0, "a mutant's name");
        LineRules.Demand(Hash().IsMatch(Content), "twelve hexadecimal digits as content");
        LineRules.Demand(LineRules.IsObjective(Objective), "an objective's id, area.promise in lower case");
        LineRules.Demand(LineRules.IsFigure(Seconds) && Seconds >= 0, "seconds of at least 0");
        LineRules.Demand(Tries is null or (>= 1 and <= 5), "1 to 5 tries");
    }

    [GeneratedRegex("^[0-9a-f]{12}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hash();
}

/// <summary>How a mutant ends.</summary>
internal enum MutantOutcome
{
    /// <summary>Its objective, or another one of the profile where any may catch it, is PASS without it and FAIL with it.</summary>
    Killed,

    /// <summary>It is listed as inert, and its objective is PASS with it; or it breaks no rule, and all of the profile is PASS with
    /// it.</summary>
    Inert,

    /// <summary>Nothing can be said: it could not be had, or its objective is not PASS without it.</summary>
    NotTried,

    /// <summary>Its objective did not catch it, or caught one that is listed as inert.</summary>
    Survived,
}
