namespace Verification.Gate.Commands;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
internal static class Closest
{
    /// <summary>The known name nearest to a mistyped one; null where none is near.</summary>
    public static string? To(string typed, IEnumerable<string> known) => known
        .Select(name => (Name: name, Distance: Distance(typed, name)))
        .Where(pair => pair.Distance <= Math.Max(2, pair.Name.Length / 3))
        .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal)
        .Select(pair => pair.Name)
        .FirstOrDefault();

    /// <summary>" Did you mean …?" or nothing.</summary>
    public static string Hint(string typed, IEnumerable<string> known) => To(typed, known) is { } meant ? $" Did you mean {meant}?" : "";

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            previous = current;
        }

        return previous[^1];
    }
}
