namespace Verification.Stack.Leftovers;

/// <summary>Logs that were saved without a secret that had stood in them: masked, and not silently.</summary>
internal static class MaskedLogs
{
    /// <summary>Each log of a folder that held a secret, by the name of its instance, with how often.</summary>
    /// <param name="folder">The folder of a stage's logs; one that is not there has none.</param>
    public static IReadOnlyList<(string Instance, int Times)> In(string folder) =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "*.log")
                    .Order(StringComparer.Ordinal)
                    .Select(file => (Path.GetFileNameWithoutExtension(file), Times: File.ReadLines(file).Sum(TimesIn)))
                    .Where(log => log.Times > 0),
            ]
            : [];

    private static int TimesIn(string line)
    {
        var times = 0;
        for (
            var at = line.IndexOf(SecretMask.Mask, StringComparison.Ordinal);
            at >= 0;
            at = line.IndexOf(SecretMask.Mask, at + SecretMask.Mask.Length, StringComparison.Ordinal)
        )
            times++;
        return times;
    }
}
