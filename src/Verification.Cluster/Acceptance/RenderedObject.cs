using System.Text.RegularExpressions;
using Verification.Cluster.Manifests;
using Verification.Objectives;

namespace Verification.Cluster.Acceptance;

/// <summary>An object as a chart renders it, to the letter: what an API server is given is what Helm gives it.</summary>
/// <param name="Manifest">What it says.</param>
/// <param name="Text">Its text, YAML.</param>
public sealed partial record RenderedObject(Manifest Manifest, string Text)
{
    /// <summary>Reads all files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DocumentException">One is no YAML.</exception>
    public static IReadOnlyList<RenderedObject> ReadFolder(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .SelectMany(file => Parse(File.ReadAllText(file), Path.GetRelativePath(folder, file).Replace('\\', '/'))),
        ];

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The text: any number of documents.</param>
    /// <param name="file">How its place is named.</param>
    /// <exception cref="DocumentException">It is no YAML.</exception>
    public static IReadOnlyList<RenderedObject> Parse(string yaml, string file) =>
        [
            .. Begin()
                .Split(yaml)
                .SelectMany(text => ManifestReader.Parse(text, file).Select(manifest => new RenderedObject(manifest, text))),
        ];

    /// <summary>What begins a document: within one no line begins so.</summary>
    [GeneratedRegex(@"^---(?:[ \t].*)?$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Begin();
}
