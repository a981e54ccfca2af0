using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Images.Services;

namespace Verification.Gate.Suites;

/// <summary>Names what the results of a suite rest on beside its objectives: another platform or suite gives another name, and a change of
/// another suite does not.</summary>
internal static class SuiteContent
{
    private static readonly string[] Folders = ["config", "images"];
    private static readonly string[] DeployedFolders = ["charts", "environments", "infra"];
    private static readonly string[] Files = ["safe-settings.yaml", "Directory.Build.props", "Directory.Packages.props", "global.json"];
    private static readonly string[] DeployedFiles = ["helmfile.yaml", "compose.yaml", ".gitleaks.toml", ".sops.yaml"];

    /// <summary>The name: a hash of the platform's files, and of the suite with all that it is built from.</summary>
    /// <param name="root">The project.</param>
    /// <param name="suite">Name of the suite, in any case.</param>
    /// <param name="deploys">Whether it looks at what deploys the platform, too: a suite without a topology does.</param>
    public static string Of(ProjectRoot root, string suite, bool deploys)
    {
        using var hash = new ContentHash();
        hash.Add(suite);
        foreach (var folder in deploys ? [.. Folders, .. DeployedFolders] : Folders)
            hash.AddFolder(root.Path, Path.Combine(root.Path, folder));
        foreach (var built in ProjectsOf(root, suite))
            hash.AddProject(root.Path, built);
        foreach (var file in deploys ? [.. Files, .. DeployedFiles] : Files)
            hash.AddFile(root.Path, Path.Combine(root.Path, file));
        return hash.Digits();
    }

    /// <summary>What of an objective decides its verdict: not how it is worded.</summary>
    public static string Of(Objective objective) =>
        FormattableString.Invariant($"{objective.Id} {objective.Comparison} {objective.Limit} {objective.MinObservations}");

    private static IEnumerable<string> ProjectsOf(ProjectRoot root, string suite)
    {
        yield return root.Services;
        if (SuiteExecutables.FolderOf(root.Path, suite) is not { } tests)
            yield break;
        yield return tests;
        foreach (var built in ProjectReferences.FoldersOf(Path.Combine(tests, $"{Path.GetFileName(tests)}.csproj")))
            yield return built;
    }
}
