using Verification.Objectives;
using Verification.Stack.Components;

namespace Verification.Gate.Reporting;

/// <summary>What was verified without being known to be what production runs: who reads a verdict reads that first.</summary>
internal static class Caveats
{
    private const int Told = 3;

    private static readonly HashSet<string> StandIns =
    [
        .. ComponentList.All.Where(component => component.Caveat is not null).Select(component => component.Name),
    ];

    /// <summary>One line that names each such image, those first that stand for something else: the first few with why, the others by their
    /// role; null where there is none.</summary>
    /// <param name="components">What the stages of a run ran from.</param>
    public static string? Line(IReadOnlyList<ComponentRecord> components)
    {
        var named = components
            .Where(component => component.Caveat is not null)
            .DistinctBy(Sentence)
            .OrderByDescending(component => StandIns.Contains(component.Role))
            .ToList();
        var rest = named.Skip(Told).Select(component => component.Role).Distinct(StringComparer.Ordinal).ToList();
        return named.Count == 0
            ? null
            : $"not known to be what production runs: {string.Join(", ", named.Take(Told).Select(Sentence))}{(rest.Count > 0 ? $", nor are {string.Join(", ", rest)}" : string.Empty)}";
    }

    private static string Sentence(ComponentRecord component) => $"{component.Role} is {component.Image} ({component.Caveat})";
}
