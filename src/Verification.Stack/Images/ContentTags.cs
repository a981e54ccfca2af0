using Verification.Objectives;
using Verification.Stack.Images.Services;

namespace Verification.Stack.Images;

/// <summary>The names of images made here: the same sources give the same name, anywhere.</summary>
internal sealed class ContentTags(ProjectRoot root)
{
    private const string Prefix = "verification/";

    /// <summary>A higher number makes all images anew: it stands for what the program itself puts into one.</summary>
    private const string Writer = "3";

    private static readonly string[] OfBuilds = ["Directory.Build.props", "Directory.Packages.props", "global.json"];

    /// <summary>Whether a name is one of those: then what it names never changes, and no registry has it.</summary>
    public static bool IsOne(ImageName name) => name.Registry is null && name.Repository.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The name of what a recipe makes.</summary>
    public ImageName Of(Recipe recipe)
    {
        using var hash = new ContentHash();
        hash.Add(Writer);
        foreach (var folder in recipe.Folders)
            hash.AddFolder(root.Path, folder);
        if (recipe.Project is { } project)
            AddSources(hash, SourcesOf(project));
        if (recipe.DotnetRuntime)
            hash.Add(DotnetRuntime.Find().Version);
        return ImageName.Parse($"{Prefix}{recipe.Name}:{hash.Digits()}");
    }

    /// <summary>The name of a service's image.</summary>
    /// <param name="service">What it is made of.</param>
    /// <param name="name">Its component.</param>
    /// <param name="basis">Digest of the image it stands on.</param>
    public ImageName Of(ServiceEntry service, string name, string basis)
    {
        using var hash = new ContentHash();
        hash.Add(Writer).Add(service.Project);
        AddSources(hash, SourcesOf(service));
        return ImageName.Parse($"{Prefix}{name}:{hash.Add(basis).Digits()}");
    }

    /// <summary>The folders and files of the checkout that a recipe's image is made of.</summary>
    public IReadOnlyList<string> SourcesOf(Recipe recipe) =>
        [.. recipe.Folders, .. recipe.Project is { } project ? SourcesOf(project) : []];

    /// <summary>The folders and files of the checkout that a service's image is made of.</summary>
    public IReadOnlyList<string> SourcesOf(ServiceEntry service)
    {
        var project = Path.Combine(root.Path, service.Project);
        var beside = Beside(project);
        return
        [
            Recipe.Read(root, service.Recipe).Folder,
            .. beside,
            .. ProjectReferences.FoldersOf(project).Where(folder => !beside.Any(each => folder == each || IsBelow(folder, each))),
            .. OfBuilds.Select(file => Path.Combine(root.Path, file)),
        ];
    }

    /// <summary>A project's folder and what lies beside it, which is shared with it: all but other projects that its file does not
    /// name.</summary>
    private static IReadOnlyList<string> Beside(string project)
    {
        var own = Path.GetFullPath(Path.Combine(project, ".."));
        var text = File.Exists(project) ? File.ReadAllText(project) : string.Empty;
        return
        [
            .. Directory
                .EnumerateFileSystemEntries(Path.GetFullPath(Path.Combine(own, "..")))
                .Where(each =>
                    each == own
                    || !Directory.Exists(each)
                    || !Directory.EnumerateFiles(each, "*.*proj").Any()
                    || text.Contains(Path.GetFileName(each), StringComparison.Ordinal)
                    || text.Replace('\\', '/').Contains("../*", StringComparison.Ordinal)
                )
                .Where(each => !ContentHash.IsProduct(each))
                .Order(StringComparer.Ordinal),
        ];
    }

    private IReadOnlyList<string> SourcesOf(string project)
    {
        var file = Path.Combine(root.Path, project);
        return
        [
            Path.GetDirectoryName(file)!,
            .. ProjectReferences.FoldersOf(file),
            .. OfBuilds.Select(each => Path.Combine(root.Path, each)),
        ];
    }

    private void AddSources(ContentHash hash, IReadOnlyList<string> sources)
    {
        foreach (var source in sources)
        {
            if (Directory.Exists(source))
                hash.AddProject(root.Path, source);
            else
                hash.AddFile(root.Path, source);
        }
    }

    private static bool IsBelow(string folder, string other) =>
        folder.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
