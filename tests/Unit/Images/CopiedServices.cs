using Verification.Stack;

namespace Verification.Tests.Unit.Images;

/// <summary>Copies of what the services are made of, as other checkouts have it.</summary>
internal static class CopiedServices
{
    private static readonly string[] Files = ["global.json", "Directory.Build.props", "Directory.Packages.props"];
    private static readonly string[] Folders = ["services", "src/Verification.Stomp"];

    /// <summary>Copies them.</summary>
    public static ProjectRoot To(string folder)
    {
        var copy = new ProjectRoot(folder);
        var source = ProjectRoot.Find().Path;
        foreach (
            var file in Files
                .Select(name => Path.Combine(source, name))
                .Concat(Folders.SelectMany(name => Directory.EnumerateFiles(Path.Combine(source, name), "*", SearchOption.AllDirectories)))
                .Where(file => !Path.GetRelativePath(source, file).Split('/').Any(part => part is "bin" or "obj"))
        )
        {
            var target = Path.Combine(copy.Path, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
