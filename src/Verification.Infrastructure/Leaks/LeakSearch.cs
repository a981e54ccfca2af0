using Verification.Objectives;

namespace Verification.Infrastructure.Leaks;

/// <summary>What a search for secrets has come to.</summary>
/// <param name="Leaks">What it found beside what was planted.</param>
/// <param name="Searched">How many files, or commits, it went through.</param>
/// <param name="Missed">What was planted and not found, each a file and a rule: then nothing is known of others like it.</param>
public sealed record LeakSearch(IReadOnlyList<Leak> Leaks, int Searched, IReadOnlyList<string> Missed)
{
    /// <summary>As it counts for an objective: a search that misses what was planted says nothing.</summary>
    /// <param name="objective">Id of the objective.</param>
    /// <param name="phase">What was searched.</param>
    public Measurement ToMeasurement(string objective, string phase) =>
        (
            Missed.Count > 0 && Leaks.Count == 0
                ? Measurement.NotMeasured(objective, $"gitleaks did not find the secret that was planted as {string.Join(", ", Missed)}")
                : Measurement.OfDeviations(objective, [.. Leaks.Select(leak => $"{leak}")], Searched)
        ) with
        {
            Phase = phase,
        };

    /// <summary>Tells what was planted from the rest. A place that fits several rules is one.</summary>
    /// <param name="found">All that was found.</param>
    /// <param name="planted">The files that hold what was planted.</param>
    /// <param name="searched">How many files, or commits, are the project's own.</param>
    internal static LeakSearch Of(IReadOnlyList<Leak> found, IReadOnlyList<string> planted, int searched) =>
        new(
            [
                .. found
                    .Where(leak => !planted.Contains(leak.File, StringComparer.Ordinal))
                    .GroupBy(leak => leak with { Rule = string.Empty })
                    .Select(place =>
                        place.Key with
                        {
                            Rule = string.Join(
                                ", ",
                                place.Select(leak => leak.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                            ),
                        }
                    ),
            ],
            searched,
            [
                .. planted
                    .SelectMany(_ => PlantedSecret.Rules, (file, rule) => (File: file, Rule: rule))
                    .Except(found.Select(leak => (leak.File, leak.Rule)))
                    .Select(each => $"{each.File} ({each.Rule})"),
            ]
        );
}
