namespace Verification.Objectives;

/// <summary>What a user may have meant.</summary>
public static class Suggestion
{
    /// <summary>The end of a sentence: <c>; did you mean 'limit'?</c> where a known word is near, else a full stop.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could have been written.</param>
    public static string For(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } meant ? $"; did you mean '{meant}'?" : ".";

    /// <summary>A sentence behind another one: <c> Did you mean --profile?</c> where a known word is near, else nothing.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could have been written.</param>
    public static string Question(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } meant ? $" Did you mean {meant}?" : string.Empty;

    /// <summary>The known word nearest to a mistyped one; null where none is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could have been written.</param>
    private static string? Nearest(string word, IEnumerable<string> known) =>
        known
            .Select(each => (Word: each, Distance: Distance(word, each)))
            .Where(each => each.Distance < word.Length && each.Distance <= Math.Max(2, word.Length / 3))
            .OrderBy(each => each.Distance)
            .Select(each => each.Word)
            .FirstOrDefault();

    /// <summary>How many letters were left out, added, replaced, or swapped with their neighbour (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var edits = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                edits[i, j] = Math.Min(
                    Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1,
                    edits[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
                );
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        return edits[left.Length, right.Length];
    }
}
