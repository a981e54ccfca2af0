namespace Verification.Infrastructure.Leaks;

/// <summary>Searches a folder for secrets.</summary>
public static class FolderSearch
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Searches the files below a folder; links are not followed. For the time of the search secrets lie there in a file of
    /// each kind that the folder has.</summary>
    /// <param name="gitleaks">The program.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LeaksUnknownException">It could not be searched.</exception>
    public static async Task<LeakSearch> SearchAsync(Gitleaks gitleaks, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gitleaks);
        var files = Directory.EnumerateFiles(folder, "*", All).ToList();
        IReadOnlyList<string> planted =
        [
            .. files
                .Select(Path.GetExtension)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(kind => $"{PlantedSecret.Name}{kind}"),
        ];
        try
        {
            foreach (var file in planted)
                await File.WriteAllTextAsync(Path.Combine(folder, file), PlantedSecret.Text(), cancellationToken).ConfigureAwait(false);
            return LeakSearch.Of(await gitleaks.InFolderAsync(folder, cancellationToken).ConfigureAwait(false), planted, files.Count);
        }
        finally
        {
            foreach (var file in planted)
                File.Delete(Path.Combine(folder, file));
        }
    }
}
