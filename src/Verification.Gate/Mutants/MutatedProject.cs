using CliWrap.Buffered;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Images.Services;

namespace Verification.Gate.Mutants;

/// <summary>A copy of the project with a defect seeded into it, gone when disposed. The suite that judges it is not part of the
/// copy.</summary>
internal sealed class MutatedProject : IDisposable
{
    /// <summary>What a release is made of, and what the suites read beside it.</summary>
    private static readonly string[] Copied =
    [
        "config",
        "images",
        "infra",
        "services",
        "charts",
        "environments",
        "docs",
        "schemas",
        "tests/fixtures",
    ];

    /// <summary>Folders at the root that no image is made of and no suite reads in what it judges.</summary>
    internal static readonly IReadOnlyList<string> NotCopied = ["benchmarks", "mutants", "src", "tests"];

    private static readonly string[] Built = ["bin", "obj"];
    private readonly DirectoryInfo folder;

    private MutatedProject(DirectoryInfo folder) => this.folder = folder;

    /// <summary>Root of the copy.</summary>
    public string Path => folder.FullName;

    /// <summary>Copies what images and configuration are made of, and seeds the defect.</summary>
    /// <exception cref="InvalidDataException">The patch does not fit the project as it is now.</exception>
    public static async Task<MutatedProject> MakeAsync(ProjectRoot root, MutantCandidate candidate, CancellationToken cancellationToken)
    {
        var project = CopyOf(root, PartsOf(root.Path));
        try
        {
            if (candidate.Mutant.Overlay is { } overlay)
                Copy(overlay, project.Path);
            if (candidate.Mutant.Patch is { } patch)
                await PatchAsync(project.Path, patch, cancellationToken).ConfigureAwait(false);
            if (candidate.Change is { } change)
                await File.WriteAllTextAsync(System.IO.Path.Combine(project.Path, change.File), change.Text, cancellationToken)
                    .ConfigureAwait(false);
            return project;
        }
        catch
        {
            project.Dispose();
            throw;
        }
    }

    /// <summary>Copies folders of the project, and the files at its root.</summary>
    internal static MutatedProject CopyOf(ProjectRoot root, IEnumerable<string> parts)
    {
        var project = new MutatedProject(Directory.CreateTempSubdirectory("verification-mutant-"));
        try
        {
            foreach (var part in parts)
                Copy(System.IO.Path.Combine(root.Path, part), System.IO.Path.Combine(project.Path, part));
            foreach (var file in Directory.EnumerateFiles(root.Path))
                File.Copy(file, System.IO.Path.Combine(project.Path, System.IO.Path.GetFileName(file)));
            return project;
        }
        catch
        {
            project.Dispose();
            throw;
        }
    }

    /// <summary>The folders that images and configuration are made of, with the projects that the images are built from, from the
    /// root.</summary>
    internal static IReadOnlyList<string> PartsOf(string root)
    {
        var own = RecipeProjects.Of(new ProjectRoot(root));
        var built = Copied
            .Select(part => System.IO.Path.Combine(root, part))
            .Where(Directory.Exists)
            .SelectMany(part => Directory.EnumerateFiles(part, "*.csproj", SearchOption.AllDirectories))
            .Concat(own)
            .SelectMany(ProjectReferences.FoldersOf)
            .Concat(own.Select(project => System.IO.Path.GetDirectoryName(project)!))
            .Select(project => System.IO.Path.GetRelativePath(root, project).Replace('\\', '/'))
            .Where(project => !Copied.Any(part => project.StartsWith(part + "/", StringComparison.Ordinal)));
        return [.. Copied, .. built.Distinct().Order(StringComparer.Ordinal)];
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetFileName(file)), overwrite: true);
        // Beside a project, bin and obj are what was built of it; inside an image, bin is a folder like any other.
        var left = Directory.EnumerateFiles(from, "*.csproj").Any() ? Built : [];
        foreach (var inner in Directory.EnumerateDirectories(from).Where(inner => !left.Contains(System.IO.Path.GetFileName(inner))))
            Copy(inner, System.IO.Path.Combine(to, System.IO.Path.GetFileName(inner)));
    }

    /// <summary>Sees that a patch fits, and changes nothing.</summary>
    /// <exception cref="InvalidDataException">It does not fit the project as it is now.</exception>
    internal static Task CheckAsync(string project, string patch, CancellationToken cancellationToken) =>
        ApplyAsync(project, ["--check", patch], patch, cancellationToken);

    private static Task PatchAsync(string project, string patch, CancellationToken cancellationToken) =>
        ApplyAsync(project, [patch], patch, cancellationToken);

    private static async Task ApplyAsync(string project, IEnumerable<string> arguments, string patch, CancellationToken cancellationToken)
    {
        // A repository above the temporary folder is not meant.
        var applied = await Git.In(
                project,
                ["apply", "--whitespace=nowarn", .. arguments],
                ("GIT_CEILING_DIRECTORIES", System.IO.Path.GetDirectoryName(project))
            )
            .ExecuteBufferedAsync(cancellationToken)
            .ConfigureAwait(false);
        if (!applied.IsSuccess)
            throw new InvalidDataException($"{patch} does not fit the project as it is now: {applied.StandardError.Trim()}");
    }
}
