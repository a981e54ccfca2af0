namespace Verification.Objectives;

/// <summary>What a user may have meant.</summary>
public static class Suggestion
{
    /// <summary><c>; did you mean 'limit'?</c> where a known word is near, else nothing.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could have been written.</param>
    public static string For(string word, IEnumerable<string> known)
    {
        var nearest = known.Select(each => (Word: each, Distance: Distance(word, each))).OrderBy(each => each.Distance).FirstOrDefault();
        return nearest.Word is not null && nearest.Distance <= Math.Max(1, word.Length / 3) ? $"; did you mean '{nearest.Word}'?" : string.Empty;
    }

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
