namespace Verification.Gate.Suites;

/// <summary>The built test executables of the solution: <c>tests/&lt;Name&gt;/bin/&lt;Configuration&gt;/net10.0/&lt;Name&gt;</c>.</summary>
internal static class SuiteExecutables
{
    /// <summary>What the suites share, no suite itself.</summary>
    private const string Shared = "Testing";

    private static readonly string[] Configurations = ["Debug", "Release"];

    /// <summary>The newest build of a suite.</summary>
    /// <param name="root">Path of the checkout.</param>
    /// <param name="suite">Name of the suite, in any case.</param>
    /// <returns>Path of the executable; null if it has not been built.</returns>
    public static string? Find(string root, string suite) =>
        FoldersOf(root, suite)
            .SelectMany(folder =>
                Configurations.Select(configuration =>
                    Path.Combine(
                        folder,
                        "bin",
                        configuration,
                        "net10.0",
                        Path.GetFileName(folder) + (OperatingSystem.IsWindows() ? ".exe" : "")
                    )
                )
            )
            .Where(File.Exists)
            .MaxBy(File.GetLastWriteTimeUtc);

    /// <summary>The folder of a suite's project; null if there is none.</summary>
    /// <param name="root">Path of the checkout.</param>
    /// <param name="suite">Name of the suite, in any case.</param>
    public static string? FolderOf(string root, string suite) => FoldersOf(root, suite).FirstOrDefault();

    /// <summary>Names of all suites of the solution, in lower case.</summary>
    public static IReadOnlyList<string> All(string root) =>
        [.. Folders(root).Select(folder => Path.GetFileName(folder).ToLowerInvariant()).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> FoldersOf(string root, string suite) =>
        Folders(root).Where(folder => string.Equals(Path.GetFileName(folder), suite, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Folders(string root) =>
        Path.Combine(root, "tests") is var tests && Directory.Exists(tests)
            ? Directory
                .EnumerateDirectories(tests)
                .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any() && Path.GetFileName(folder) != Shared)
            : [];
}
