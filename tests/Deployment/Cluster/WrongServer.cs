using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Images.Services;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A release of the Server that starts, gets ready, and answers wrongly: it lists the newest buff first. It is one of ours, also
/// where another was named: of that there is no source.</summary>
internal static class WrongServer
{
    /// <summary>What it is a release of.</summary>
    public const string Component = "server";

    private const string Right = "ORDER BY id\"";
    private const string Wrong = "ORDER BY id DESC\"";
    private static readonly string[] Folders = ["config", "images", "services"];
    private static readonly string[] Built = ["bin", "obj"];

    /// <summary>Makes its image from a copy of the project, which is gone afterwards.</summary>
    /// <param name="root">The project.</param>
    /// <param name="named">Images that are named: what it stands on may be among them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ImageException">It can't be made.</exception>
    public static async Task<ComponentImage> MakeAsync(ProjectRoot root, ImageOverrides named, CancellationToken cancellationToken)
    {
        var copy = Directory.CreateTempSubdirectory("verification-wrong-");
        try
        {
            var referenced = ProjectReferences
                .FoldersOf(Path.Combine(root.Services, "Server", "Server.csproj"))
                .Select(folder => Path.GetRelativePath(root.Path, folder));
            foreach (var folder in Folders.Union(referenced.Where(folder => !folder.StartsWith("services", StringComparison.Ordinal))))
                Copy(Path.Combine(root.Path, folder), Path.Combine(copy.FullName, folder));
            foreach (var file in Directory.EnumerateFiles(root.Path))
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            var store = Path.Combine(copy.FullName, "services", "Server", "Storage", "BuffStore.cs");
            var right = await File.ReadAllTextAsync(store, cancellationToken);
            Assert.Contains(Right, right, StringComparison.Ordinal);
            await File.WriteAllTextAsync(store, right.Replace(Right, Wrong, StringComparison.Ordinal), cancellationToken);
            using var engine = await DockerEngine.ConnectAsync(cancellationToken);
            return (
                await new ImageStore(engine, new ProjectRoot(copy.FullName)).ResolveAsync(
                    [Component],
                    new ImageOverrides(
                        named.Images.Where(image => image.Key != Component).ToDictionary(image => image.Key, image => image.Value)
                    ),
                    new Progress<ImageProgress>(),
                    cancellationToken
                )
            )[Component];
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        var left = Directory.EnumerateFiles(from, "*.csproj").Any() ? Built : [];
        foreach (var inner in Directory.EnumerateDirectories(from).Where(inner => !left.Contains(Path.GetFileName(inner))))
            Copy(inner, Path.Combine(to, Path.GetFileName(inner)));
    }
}
