using System.Text.Json.Nodes;
using Verification.Cluster.Bootstrap;
using Verification.Cluster.Deployments;
using Verification.Cluster.Helmfiles;
using Verification.Cluster.Programs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;

namespace Verification.Cluster.Manifests;

/// <summary>What Helmfile would deploy in an environment, with images that stand for those of a release; no cluster is asked. Charts of
/// others are left out unless they are asked for: a registry, or <c>CHARTS_DIR</c>, has them.</summary>
public static class RenderedEnvironment
{
    private const string Registry = "registry.example/sportbuff";
    private const string Digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>No rule asks who issues tokens.</summary>
    private const string NoKeys = "{}";

    /// <summary>Where secrets would be fetched from: an address of nobody.</summary>
    private static readonly Uri Simulator = new("http://192.0.2.1:5000");

    /// <summary>What is rendered without a registry.</summary>
    private const string Ours = "origin=ours";

    /// <summary>What a registry, or <c>CHARTS_DIR</c>, has.</summary>
    private const string Others = "origin=third-party";

    /// <summary>Nobody here has the key of the file that the environment begins with.</summary>
    private const string NotBegun = "bootstrap: {enabled: false}\n";

    /// <summary>Renders an environment.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolMissingException">Helm or Helmfile is in none of its places.</exception>
    /// <exception cref="HelmfileException">A chart, or its values, can't be rendered.</exception>
    /// <exception cref="DocumentException">The values of the environment, those that all share, or <c>environments/known.yaml</c> are not
    /// as their schema says.</exception>
    public static Task<ManifestSet> RenderAsync(
        ProjectRoot root,
        RunFolder folder,
        string environment,
        CancellationToken cancellationToken
    ) => RenderAsync(root, folder, environment, further: string.Empty, cancellationToken);

    /// <summary>Renders an environment with something said beside its own values.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="further">What is said, YAML.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="RenderAsync(ProjectRoot, RunFolder, string, CancellationToken)"/>
    public static Task<ManifestSet> RenderAsync(
        ProjectRoot root,
        RunFolder folder,
        string environment,
        string further,
        CancellationToken cancellationToken
    ) => RenderAsync(root, folder, environment, further, Ours, cancellationToken);

    /// <summary>Renders an environment with the charts of others, from the folder that <c>CHARTS_DIR</c> names, else from where they are
    /// published.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="RenderAsync(ProjectRoot, RunFolder, string, CancellationToken)"/>
    public static Task<ManifestSet> RenderWholeAsync(
        ProjectRoot root,
        RunFolder folder,
        string environment,
        CancellationToken cancellationToken
    ) => RenderAsync(root, folder, environment, further: string.Empty, selector: null, cancellationToken);

    /// <summary>What charts of others are given as values.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The values of each release, by its name.</returns>
    /// <exception cref="ToolMissingException">Helm or Helmfile is in none of its places.</exception>
    /// <exception cref="HelmfileException">The values of a release can't be rendered.</exception>
    public static async Task<IReadOnlyDictionary<string, JsonNode>> ValuesOfOthersAsync(
        ProjectRoot root,
        RunFolder folder,
        string environment,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(folder);
        var target = Path.Combine(folder.Logs, "values", environment);
        if (Directory.Exists(target))
            Directory.Delete(target, recursive: true);
        await HelmfileOf(root, folder, environment, NotBegun, ageKey: null, Others)
            .WriteValuesAsync(target, cancellationToken)
            .ConfigureAwait(false);
        return Directory
            .EnumerateFiles(target, "*.yaml")
            .ToDictionary(
                file => Path.GetFileNameWithoutExtension(file),
                file => ManifestReader.Parse(File.ReadAllText(file), file) is [var values, ..] ? values.Root : new JsonObject(),
                StringComparer.Ordinal
            );
    }

    private static async Task<ManifestSet> RenderAsync(
        ProjectRoot root,
        RunFolder folder,
        string environment,
        string further,
        string? selector,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(folder);
        var values = ValuesOf(root, environment);
        DocumentReader.Read(Path.Combine(root.Path, "environments", "common.yaml"), "common");
        DocumentReader.Read(values, "environment");
        var target = FolderOf(folder, environment);
        if (Directory.Exists(target))
            Directory.Delete(target, recursive: true);
        await HelmfileOf(root, folder, environment, NotBegun + further, ageKey: null, selector)
            .TemplateAsync(target, cancellationToken)
            .ConfigureAwait(false);
        return new ManifestSet(environment, ManifestReader.ReadFolder(target))
        {
            ExistingSecrets = DeclaredIn(values),
            BegunSecrets = BegunIn(values),
            ReleaseNamespaces = HelmfileDocument
                .Read(Path.Combine(root.Path, "helmfile.yaml"))
                .Releases.ToDictionary(release => release.Name, release => release.Namespace, StringComparer.Ordinal),
            IsWhole = selector is null || !HasOthersIn(values),
            Known = KnownNames.Read(Path.Combine(root.Path, "environments", "known.yaml")),
        };
    }

    /// <summary>Renders an environment with the secrets that it begins with, and writes it nowhere.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="file">The encrypted file with the secrets.</param>
    /// <param name="key">Opens it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolMissingException">Helm or Helmfile is in none of its places.</exception>
    /// <exception cref="HelmfileException">A chart, or its values, can't be rendered.</exception>
    public static async Task<ManifestSet> RenderBegunAsync(
        ProjectRoot root,
        RunFolder folder,
        string environment,
        BootstrapFile file,
        AgeKey key,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(key);
        var rendered = await HelmfileOf(root, folder, environment, $"bootstrap: {{enabled: true, file: {file.File}}}\n", key.File, Ours)
            .RenderAsync(cancellationToken)
            .ConfigureAwait(false);
        return new ManifestSet(environment, ManifestReader.Parse(rendered, environment));
    }

    /// <summary>What stands for the image of a component that was published.</summary>
    /// <param name="component">Name of the component.</param>
    public static string ImageOf(string component) => $"{Registry}/{component}@{Digest}";

    /// <summary>Where the files of an environment lie once it is rendered.</summary>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="environment">Name of the environment.</param>
    public static string FolderOf(RunFolder folder, string environment)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Path.Combine(folder.Logs, "rendered", environment);
    }

    private static string ValuesOf(ProjectRoot root, string environment) =>
        Path.Combine(root.Path, "environments", environment, "values.yaml");

    private static Helmfile HelmfileOf(
        ProjectRoot root,
        RunFolder folder,
        string environment,
        string bootstrap,
        string? ageKey,
        string? selector
    )
    {
        var whole = LocalExtent.Whole(NoKeys, logged: true, watched: true, Simulator, Simulator);
        var extent =
            environment == LocalPlatform.Environment
                ? whole with
                {
                    Values = $"{whole.Values}{LocalExtent.BackupsOn}",
                }
                : LocalExtent.Platform with
                {
                    Values = string.Empty,
                };
        var images = extent
            .Components.Union([.. LocalExtent.Procedures, .. ComponentList.Deployed.Select(component => component.Name)])
            .ToDictionary(component => component, ImageOf, StringComparer.Ordinal);
        return Helmfile.Of(root, folder, environment, images, extent.Values + bootstrap, ageKey: ageKey, selector: selector);
    }

    /// <summary>Whether charts of others are deployed there.</summary>
    private static bool HasOthersIn(string values) =>
        ManifestReader.Parse(File.ReadAllText(values), values) is [var manifest, ..]
        && (manifest.Root.TextAt("thirdParty", "enabled") == "true" || manifest.Root.TextAt("stores", "enabled") == "true");

    private static HashSet<string> BegunIn(string values) =>
        ManifestReader.Parse(File.ReadAllText(values), values) is [var manifest, ..]
            ? manifest.Root.ListAt("bootstrap", "secrets").Select(secret => $"{secret}").ToHashSet(StringComparer.Ordinal)
            : [];

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
