namespace Verification.Cluster.Helmfiles;

/// <summary>What a failed Helmfile says, without what it says around it.</summary>
internal static class HelmfileOutput
{
    private const string Start = "STDERR:";
    private const string End = "COMBINED OUTPUT:";
    private const int Longest = 4000;

    /// <summary>What helm wrote to its standard error, release by release; all of it where Helmfile has failed itself.</summary>
    public static string Refusal(string output, string error)
    {
        var said = new List<string>();
        var within = false;
        foreach (var line in (error + "\n" + output).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            if (line is Start)
                within = true;
            else if (line is End)
                within = false;
            else if (within && !said.Contains(line))
                said.Add(line);
        }

        var whole =
            said.Count > 0 ? string.Join('\n', said)
            : error.Trim().Length > 0 ? error.Trim()
            : output.Trim();
        return whole.Length > Longest ? "…" + whole[^Longest..] : whole;
    }
}
