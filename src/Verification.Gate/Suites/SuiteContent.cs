using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Images;
using Verification.Stack.Images.Services;
using Verification.Stack.Topologies;

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
    /// <param name="topology">What it is run on: the files of an addition that is not there do not count. Null for a suite that looks at
    /// what deploys the platform, and at whatever it likes.</param>
    public static string Of(ProjectRoot root, string suite, string? topology)
    {
        using var hash = new ContentHash();
        hash.Add(suite);
        var absent = AbsentOn(topology);
        foreach (var folder in Folders)
            AddParts(hash, root, Path.Combine(root.Path, folder), absent);
        foreach (var folder in topology is null ? DeployedFolders : [])
            hash.AddFolder(root.Path, Path.Combine(root.Path, folder));
        foreach (var built in ProjectsOf(root, suite))
            hash.AddProject(root.Path, built);
        foreach (var file in topology is null ? [.. Files, .. DeployedFiles] : Files)
            hash.AddFile(root.Path, Path.Combine(root.Path, file));
        return hash.Digits();
    }

    /// <summary>What of an objective decides its verdict: not how it is worded.</summary>
    public static string Of(Objective objective) =>
        FormattableString.Invariant($"{objective.Id} {objective.Comparison} {objective.Limit} {objective.MinObservations}");

    /// <summary>The additions that a topology does not have, by the names of their folders in <c>config/</c> and <c>images/</c>.</summary>
    private static HashSet<string> AbsentOn(string? topology)
    {
        if (topology is null)
            return [];
        var arranged = KnownTopologies.Catalog.Parse(topology);
        return
        [
            .. ComponentList
                .All.Select(component => component.Name)
                .Where(Topology.IsAddition)
                .Except(Enum.GetValues<BrokerKind>().SelectMany(arranged.Components).Select(component => component.Name)),
        ];
    }

    private static void AddParts(ContentHash hash, ProjectRoot root, string folder, HashSet<string> absent)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            hash.AddFile(root.Path, file);
        foreach (
            var part in Directory
                .EnumerateDirectories(folder)
                .Where(part => !absent.Contains(Path.GetFileName(part)))
                .Order(StringComparer.Ordinal)
        )
            hash.AddFolder(root.Path, part);
    }

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
