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
        var versions = topology is null ? null : VersionList.Read(root);
        var absent = versions is null ? [] : AbsentOn(topology!, versions);
        foreach (var folder in Folders)
            AddParts(hash, root, Path.Combine(root.Path, folder), absent);
        if (versions is not null)
            Add(hash, versions, absent);
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

    /// <summary>What a topology does not have, by the names of its folders in <c>config/</c> and <c>images/</c>: additions, and what runs
    /// on a cluster alone.</summary>
    private static HashSet<string> AbsentOn(string topology, VersionList versions)
    {
        var arranged = KnownTopologies.Catalog.Parse(topology);
        var components = ComponentList.All.Select(component => component.Name).ToList();
        return
        [
            .. components
                .Where(Topology.IsAddition)
                .Except(Enum.GetValues<BrokerKind>().SelectMany(arranged.Components).Select(component => component.Name)),
            .. versions.Components.Keys.Except(components).Except(versions.Services.Values.Select(service => service.Base)),
        ];
    }

    /// <summary>Adds the versions of what is there. The programs that suites use besides are none of the platform's.</summary>
    private static void Add(ContentHash hash, VersionList versions, HashSet<string> absent)
    {
        foreach (
            var (name, entry) in versions
                .Components.Where(each => !absent.Contains(each.Key))
                .OrderBy(each => each.Key, StringComparer.Ordinal)
        )
            hash.Add($"{name} {entry}");
        foreach (var (name, entry) in versions.Services.OrderBy(each => each.Key, StringComparer.Ordinal))
            hash.Add($"{name} {entry}");
    }

    private static void AddParts(ContentHash hash, ProjectRoot root, string folder, HashSet<string> absent)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            // The list of versions tells of what is not there, too.
            if (absent.Count == 0 || Path.GetFileName(file) != VersionList.FileName)
                hash.AddFile(root.Path, file);
        }

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
