using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary>Tells what a mistyped name of the command line was meant to be.</summary>
internal static class Closest
{
    /// <summary>" Did you mean …?" or nothing.</summary>
    public static string Hint(string typed, IEnumerable<string> known) => Suggestion.Nearest(typed, known) is { } meant ? $" Did you mean {meant}?" : string.Empty;
}
