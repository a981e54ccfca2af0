using Verification.Stack;
using Verification.Stack.Images;

namespace Verification.Gate.Mutants;

/// <summary>Names what the result of a mutant rests on: another platform, suite or defect gives another name.</summary>
internal sealed class MutantContent
{
    private static readonly string[] Folders = ["config", "images", "infra", "charts", "environments"];
    private static readonly string[] Projects = ["services", "src", "tests"];

    /// <summary>They start mutants and read their results, but decide none.</summary>
    private static readonly string[] Apart = ["Unit", "Verification.Gate"];

    private static readonly string[] Files =
    [
        "gates.yaml",
        "safe-settings.yaml",
        "sut.yaml",
        "Directory.Build.props",
        "Directory.Packages.props",
        "global.json",
    ];
    private readonly ProjectRoot root;
    private readonly string project;

    /// <summary>Hashes the project.</summary>
    public MutantContent(ProjectRoot root)
    {
        this.root = root;
        using var hash = new ContentHash();
        foreach (var folder in Folders)
            hash.AddFolder(root.Path, Path.Combine(root.Path, folder));
        foreach (
            var each in Projects
                .SelectMany(folder => Directory.EnumerateDirectories(Path.Combine(root.Path, folder)))
                .Order(StringComparer.Ordinal)
                .Where(each => !Apart.Contains(Path.GetFileName(each)))
        )
            hash.AddProject(root.Path, each);
        foreach (var file in Files)
            hash.AddFile(root.Path, Path.Combine(root.Path, file));
        project = hash.Digits();
    }

    /// <summary>The name of the project with a mutant.</summary>
    public string Of(MutantCandidate candidate)
    {
        var mutant = candidate.Mutant;
        using var hash = new ContentHash();
        hash.Add(project)
            .Add(mutant.Name)
            .Add(mutant.Objective)
            .Add(candidate.Change?.Text ?? string.Empty)
            .Add(candidate.Inert is null ? "must be killed" : "inert");
        if (mutant.Patch is not null)
            hash.AddFile(root.Path, mutant.Patch);
        if (mutant.Overlay is not null)
            hash.AddFolder(root.Path, mutant.Overlay);
        return hash.Digits();
    }
}
