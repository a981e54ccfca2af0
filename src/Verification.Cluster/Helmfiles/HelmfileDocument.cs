using Verification.Objectives;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Verification.Cluster.Helmfiles;

/// <summary>What <c>helmfile.yaml</c> says, read without Helmfile: environments stand in its first document, releases in its
/// second.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Environments">Names of the environments.</param>
/// <param name="Releases">The releases, in the order of the file.</param>
public sealed record HelmfileDocument(string File, IReadOnlyList<string> Environments, IReadOnlyList<HelmfileRelease> Releases)
{
    /// <summary>What it calls for the whole of a deployment.</summary>
    public IReadOnlyList<HelmfileHook> Hooks { get; init; } = [];

    /// <summary>Reads the file.</summary>
    /// <param name="file">Its path.</param>
    /// <exception cref="DocumentException">It is not there, no YAML, or lacks what a release must have; the message has file, line and
    /// column.</exception>
    public static HelmfileDocument Read(string file)
    {
        if (!System.IO.File.Exists(file))
            throw new DocumentException(file, 0, 0, "there is no such file. It lists what is deployed, and in which order.");
        return Parse(System.IO.File.ReadAllText(file), file);
    }

    /// <summary>Reads a text.</summary>
    /// <inheritdoc cref="Read"/>
    /// <param name="text">The text.</param>
    /// <param name="file">How its place is named in errors.</param>
    public static HelmfileDocument Parse(string text, string file)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            var roots = stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>().ToList();
            return new HelmfileDocument(
                file,
                [.. roots.SelectMany(root => Map(root, "environments")?.Children.Keys ?? []).Select(Text)],
                [.. roots.SelectMany(root => List(root, "releases")).Select(release => Release(release, file))]
            )
            {
                Hooks = [.. roots.SelectMany(HooksOf)],
            };
        }
        catch (YamlException e)
        {
            throw new DocumentException(file, (int)e.Start.Line, (int)e.Start.Column, (e.InnerException ?? e).Message);
        }
    }

    private static HelmfileRelease Release(YamlNode node, string file)
    {
        if (node is not YamlMappingNode release)
            throw new DocumentException(
                file,
                (int)node.Start.Line,
                (int)node.Start.Column,
                "a release is a mapping with name, namespace and chart."
            );
        string Required(string key) =>
            release.Children.TryGetValue(key, out var value) && Text(value).Length > 0
                ? Text(value)
                : throw new DocumentException(
                    file,
                    (int)release.Start.Line,
                    (int)release.Start.Column,
                    $"this release has no {key}; give it one."
                );
        return new HelmfileRelease(
            Required("name"),
            Required("namespace"),
            Required("chart"),
            [.. List(release, "needs").Select(Text)],
            (int)release.Start.Line
        )
        {
            Hooks = [.. HooksOf(release)],
        };
    }

    private static IEnumerable<HelmfileHook> HooksOf(YamlMappingNode node) =>
        List(node, "hooks")
            .OfType<YamlMappingNode>()
            .Select(hook => new HelmfileHook(
                [.. List(hook, "events").Select(Text)],
                hook.Children.TryGetValue("command", out var command) ? Text(command) : string.Empty
            ));

    private static YamlMappingNode? Map(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? value as YamlMappingNode : null;

    private static IEnumerable<YamlNode> List(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) && value is YamlSequenceNode list ? list : [];

    private static string Text(YamlNode node) => (node as YamlScalarNode)?.Value ?? string.Empty;
}
