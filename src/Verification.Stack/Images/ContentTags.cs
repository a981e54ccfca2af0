using Verification.Objectives;
using Verification.Stack.Images.Services;

namespace Verification.Stack.Images;

/// <summary>The names of images made here: the same sources give the same name, anywhere.</summary>
internal sealed class ContentTags(ProjectRoot root)
{
    private const string Prefix = "verification/";

    /// <summary>Whether a name is one of those: then what it names never changes, and no registry has it.</summary>
    public static bool IsOne(ImageName name) => name.Registry is null && name.Repository.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The name of what a recipe makes.</summary>
    public ImageName Of(Recipe recipe)
    {
        using var hash = new ContentHash();
        foreach (var folder in recipe.Folders)
            hash.AddFolder(root.Path, folder);
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
        var recipe = Recipe.Read(root, service.Recipe);
        using var hash = new ContentHash();
        // What lies beside the project is shared with it.
        var sources = Path.GetFullPath(Path.Combine(root.Path, service.Project, "..", ".."));
        hash.Add(service.Project).AddFolder(root.Path, recipe.Folder).AddProject(root.Path, sources);
        foreach (var referenced in ProjectReferences.FoldersOf(Path.Combine(root.Path, service.Project)).Where(folder => !IsBelow(folder, sources)))
            hash.AddProject(root.Path, referenced);
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json" })
            hash.AddFile(root.Path, Path.Combine(root.Path, file));
        return ImageName.Parse($"{Prefix}{name}:{hash.Add(basis).Digits()}");
    }
    private static bool IsBelow(string folder, string other) => folder.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
