namespace Verification.Objectives;

/// <summary>Whole results of checkers, a file each, in the folder of a run.</summary>
/// <param name="run">Folder of the run.</param>
public sealed class CheckFiles(RunFolder run)
{
    private const int NameLength = 60;

    /// <summary>Stores a result.</summary>
    /// <param name="scenario">The scenario it is of.</param>
    /// <param name="checker">Name of the checker.</param>
    /// <param name="result">The result.</param>
    /// <returns>The file, relative to the run's folder.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    public string Keep<T>(string scenario, string checker, T result)
        where T : notnull
    {
        var file = Free($"{checker}-{Short(scenario)}", "json");
        DocumentWriter.Write(file, result);
        return Told(file);
    }

    /// <summary>Stores what others read in a format of its own.</summary>
    /// <param name="name">What it is, as the name of its file.</param>
    /// <param name="ending">The ending of such files.</param>
    /// <param name="text">What stands in it.</param>
    /// <returns>The file, relative to the run's folder.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    public string KeepText(string name, string ending, string text)
    {
        var file = Free(Short(name), ending);
        File.WriteAllText(file, text);
        return Told(file);
    }

    private static string Short(string name) =>
        new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-').Take(NameLength)]).Trim('-');

    /// <summary>A file that is not there yet.</summary>
    private string Free(string name, string ending)
    {
        Directory.CreateDirectory(run.Checks);
        for (var number = 1; ; number++)
        {
            var file = Path.Combine(run.Checks, $"{name}-{number}.{ending}");
            if (!File.Exists(file))
                return file;
        }
    }

    private string Told(string file) => $"{Path.GetFileName(run.Checks)}/{Path.GetFileName(file)}";
}
