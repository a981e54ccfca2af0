namespace Verification.Gate.Mutants;

/// <summary>The settings of a file with one a line: <c>my.cnf</c>, <c>redis.conf</c>.</summary>
internal static class LineSettings
{
    private static readonly char[] Separators = ['=', ' '];

    /// <summary>Each line that is neither empty, nor a comment, nor the head of a section.</summary>
    public static IEnumerable<ConfigSetting> Of(string text)
    {
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].Trim();
            if (line.Length > 0 && line[0] is not ('#' or '['))
                yield return new ConfigSetting(line.Split(Separators, 2)[0], string.Join('\n', lines.Where((_, other) => other != index)));
        }
    }
}
