using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>What was verified without being known to be what production runs: who reads a verdict reads that first.</summary>
internal static class Caveats
{
    private const int Told = 3;

    /// <summary>One line that names the first few such images and why, and counts the others; null where there is none.</summary>
    /// <param name="components">What the stages of a run ran from.</param>
    public static string? Line(IReadOnlyList<ComponentRecord> components)
    {
        var named = components
            .Where(component => component.Caveat is not null)
            .Select(component => $"{component.Role} is {component.Image} ({component.Caveat})")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var rest = named.Count - Told;
        return named.Count == 0
            ? null
            : $"not known to be what production runs: {string.Join(", ", named.Take(Told))}{(rest > 0 ? $", and {rest} more" : string.Empty)}";
    }
}
