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
        Directory.CreateDirectory(run.Checks);
        var name =
            $"{checker}-{new string([.. scenario.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-').Take(NameLength)]).Trim('-')}";
        for (var number = 1; ; number++)
        {
            var file = Path.Combine(run.Checks, $"{name}-{number}.json");
            if (File.Exists(file))
                continue;
            DocumentWriter.Write(file, result);
            return $"{Path.GetFileName(run.Checks)}/{Path.GetFileName(file)}";
        }
    }
}
