namespace Verification.Stack.Images;

/// <summary>The projects whose publication recipes take into their images.</summary>
public static class RecipeProjects
{
    /// <summary>Paths of their project files, in the order of the recipes' names.</summary>
    /// <exception cref="FormatException">A recipe can't be read.</exception>
    public static IReadOnlyList<string> Of(ProjectRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return Directory.Exists(root.Images)
            ?
            [
                .. Directory
                    .EnumerateDirectories(root.Images)
                    .Where(folder => File.Exists(Path.Combine(folder, "Dockerfile")))
                    .Select(Path.GetFileName)
                    .Order(StringComparer.Ordinal)
                    .Select(name => Recipe.Read(root, name!).Project)
                    .OfType<string>()
                    .Select(project => Path.Combine(root.Path, project)),
            ]
            : [];
    }
}
