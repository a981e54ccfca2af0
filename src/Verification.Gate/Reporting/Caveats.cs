using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>What was verified without being known to be what production runs: who reads a verdict reads that first.</summary>
internal static class Caveats
{
    /// <summary>One line that names each such image and why; null where there is none.</summary>
    public static string? Line(IReadOnlyList<ComponentRecord> components)
    {
        var named = components
            .Where(component => component.Caveat is not null)
            .Select(component => $"{component.Role} is {component.Image} ({component.Caveat})")
            .ToList();
        return named.Count == 0 ? null : $"not known to be what production runs: {string.Join(", ", named)}";
    }
}
