namespace Verification.Gate.Suites;

/// <summary>What a process said on standard error before its end: the line that names the error, not the stack below it.</summary>
internal sealed class LastWords
{
    private const int Longest = 300;

    /// <summary>Null while nothing was said.</summary>
    public string? Text { get; private set; }

    public void Take(string line)
    {
        var said = line.Trim();
        var isFrame = said.StartsWith("at ", StringComparison.Ordinal) || said.StartsWith("---", StringComparison.Ordinal);
        if (said.Length > 0 && !isFrame)
            Text = said.Length > Longest ? said[..Longest] + "…" : said;
    }
}
