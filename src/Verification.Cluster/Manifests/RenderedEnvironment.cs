using System.Text.Json.Nodes;
using Verification.Cluster.Deployments;
using Verification.Cluster.Helmfiles;
using Verification.Cluster.Programs;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Cluster.Manifests;

/// <summary>What Helmfile would deploy in an environment, with images that stand for those of a release; no cluster is asked.</summary>
public static class RenderedEnvironment
{
    private const string Digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>No rule asks who issues tokens.</summary>
    private const string NoKeys = "{}";

    /// <summary>Renders an environment.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolMissingException">Helm or Helmfile is in none of its places.</exception>
    /// <exception cref="HelmfileException">A chart, or its values, can't be rendered.</exception>
    /// <exception cref="DocumentException">The values of the environment are not as their schema says.</exception>
    public static async Task<ManifestSet> RenderAsync(
        ProjectRoot root,
        RunFolder folder,
        string environment,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(folder);
        var values = Path.Combine(root.Path, "environments", environment, "values.yaml");
        DocumentReader.Read(values, "environment");
        var extent =
            environment == LocalPlatform.Environment ? LocalExtent.Whole(NoKeys) : LocalExtent.Platform with { Values = string.Empty };
        var images = extent
            .Components.Append("backup")
            .ToDictionary(component => component, component => $"registry.example/sportbuff/{component}@{Digest}", StringComparer.Ordinal);
        var target = FolderOf(folder, environment);
        if (Directory.Exists(target))
            Directory.Delete(target, recursive: true);
        await Helmfile.Of(root, folder, environment, images, extent.Values).TemplateAsync(target, cancellationToken).ConfigureAwait(false);
        return new ManifestSet(environment, ManifestReader.ReadFolder(target)) { ExistingSecrets = DeclaredIn(values) };
    }

    /// <summary>Where the files of an environment lie once it is rendered.</summary>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="environment">Name of the environment.</param>
    public static string FolderOf(RunFolder folder, string environment)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Path.Combine(folder.Logs, "rendered", environment);
    }

    private static Dictionary<string, IReadOnlyList<string>> DeclaredIn(string values) =>
        ManifestReader.Parse(File.ReadAllText(values), values) is [var manifest, ..]
        && manifest.Root.At("existingSecrets") is JsonObject declared
            ? declared.ToDictionary(
                each => each.Key,
                each => (IReadOnlyList<string>)[.. (each.Value as JsonArray ?? []).Select(key => $"{key}")],
                StringComparer.Ordinal
            )
            : new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
}
