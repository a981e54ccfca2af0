namespace Verification.Gate.Runs;

/// <summary>The files that a verdict names by their SHA-256 and that stages read for hours: they are to be what they were when the run was
/// planned.</summary>
internal sealed class RunInputs
{
    private const int Told = 5;

    // What lies hidden there counts: it is part of what the verdict names.
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
    private readonly string config;
    private readonly IReadOnlyList<string> files;
    private readonly Dictionary<string, string?> before;

    /// <summary>Takes them as they are now.</summary>
    /// <param name="config">The folder of the configuration.</param>
    /// <param name="files">Further files; they need not be there.</param>
    public RunInputs(string config, params IReadOnlyList<string> files)
    {
        this.config = config;
        this.files = files;
        before = Read();
    }

    /// <summary>A sentence that names what is not as it was; null where all is.</summary>
    public string? Change()
    {
        var now = Read();
        var changed = before
            .Keys.Union(now.Keys, StringComparer.Ordinal)
            .Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (changed.Count == 0)
            return null;
        var more = changed.Count > Told ? $" and {changed.Count - Told} more" : string.Empty;
        return $"changed while the run went on: {string.Join(", ", changed.Take(Told))}{more}. What was verified is not what the run began with: run it again";
    }

    private Dictionary<string, string?> Read()
    {
        var digests = files.Distinct(StringComparer.Ordinal).ToDictionary(file => file, DigestOf, StringComparer.Ordinal);
        foreach (var file in Directory.Exists(config) ? Directory.EnumerateFiles(config, "*", Everything) : [])
            digests[$"config/{Path.GetRelativePath(config, file).Replace('\\', '/')}"] = DigestOf(file);
        return digests;
    }

    /// <summary>Null where it is not there, or is just being replaced.</summary>
    private static string? DigestOf(string file)
    {
        try
        {
            return ConfigDigest.OfFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
