using k8s;
using k8s.Models;
using Verification.Cluster.Manifests;
using Verification.Cluster.Nodes;
using Verification.Objectives;
using Verification.Stack.Readiness;
using Verification.Stack.Sessions;

namespace Verification.Cluster.Definitions;

/// <summary>Definitions of the kinds of objects that a cluster does not know by itself, in the folder that <c>CRDS_DIR</c> names: files as
/// projects release them, whatever else they hold, or one for each kind.</summary>
public sealed class ResourceDefinitions
{
    private const string DefinitionKind = "CustomResourceDefinition";
    private static readonly TimeSpan ServedWithin = TimeSpan.FromSeconds(30);
    private readonly IReadOnlyList<Manifest> definitions;

    private ResourceDefinitions(IReadOnlyList<Manifest> definitions) => this.definitions = definitions;

    /// <summary>Finds those of some groups of the API.</summary>
    /// <param name="groups">The groups: <c>gateway.networking.k8s.io</c>.</param>
    /// <exception cref="ClusterMissingException">The variable is not set, or the folder has none of a group.</exception>
    public static ResourceDefinitions Of(params IReadOnlyList<string> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return new ResourceDefinitions(In(FolderOf(string.Join(" and ", groups)), groups));
    }

    /// <summary>Finds all that the folder has, of whatever group.</summary>
    /// <exception cref="ClusterMissingException">The variable is not set, or the folder has none.</exception>
    public static ResourceDefinitions All() => new(AllIn(FolderOf("the kinds that a cluster does not know by itself")));

    /// <summary>Those of some groups that the files of a folder hold, in the order of their files.</summary>
    /// <exception cref="ClusterMissingException">It has none of a group, or a file is no YAML.</exception>
    internal static IReadOnlyList<Manifest> In(string folder, IReadOnlyList<string> groups)
    {
        try
        {
            // What names none of them need not be read: a release has megabytes.
            List<Manifest> found =
            [
                .. Read(folder, text => groups.Any(group => text.Contains(group, StringComparison.Ordinal)))
                    .Where(each => groups.Contains(GroupOf(each))),
            ];
            return groups.Except(found.Select(GroupOf)).ToList() is [var missing, ..]
                ? throw new ClusterMissingException(
                    $"{folder} has no definition of {missing}: put the file of its project's release there, or name another folder in {VerifyVariables.Definitions}"
                )
                : found;
        }
        catch (DocumentException e)
        {
            throw new ClusterMissingException(e.Message);
        }
    }

    /// <summary>All that the files of a folder hold, in the order of their files.</summary>
    /// <exception cref="ClusterMissingException">It has none, or a file is no YAML.</exception>
    internal static IReadOnlyList<Manifest> AllIn(string folder)
    {
        try
        {
            return Read(folder, text => text.Contains(DefinitionKind, StringComparison.Ordinal)).ToList() is { Count: > 0 } found
                ? found
                : throw new ClusterMissingException(
                    $"{folder} has no definition: put the files of their projects' releases there, or name another folder in {VerifyVariables.Definitions}"
                );
        }
        catch (DocumentException e)
        {
            throw new ClusterMissingException(e.Message);
        }
    }

    /// <summary>Gives them to a cluster, and waits until it serves objects of these kinds.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="k8s.Autorest.HttpOperationException">The API server refuses one.</exception>
    /// <exception cref="StateNotSeenException">They are not served within 30 s.</exception>
    public async Task ApplyAsync(IKubernetes cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        foreach (var definition in definitions)
        {
            await cluster
                .CustomObjects.PatchClusterCustomObjectAsync(
                    new V1Patch(definition.Root, V1Patch.PatchType.ApplyPatch),
                    "apiextensions.k8s.io",
                    "v1",
                    "customresourcedefinitions",
                    definition.Name,
                    fieldManager: "verification",
                    force: true,
                    cancellationToken: cancellationToken
                )
                .ConfigureAwait(false);
        }

        var names = definitions.Select(definition => definition.Name).ToHashSet(StringComparer.Ordinal);
        await Eventually
            .IsTrueAsync(
                $"the cluster serves {string.Join(", ", names)}",
                ServedWithin,
                async ct =>
                    (
                        await cluster.ApiextensionsV1.ListCustomResourceDefinitionAsync(cancellationToken: ct).ConfigureAwait(false)
                    ).Items.Count(each =>
                        names.Contains(each.Name())
                        && (each.Status?.Conditions ?? []).Any(condition => condition is { Type: "Established", Status: "True" })
                    ) == names.Count,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static string FolderOf(string what) =>
        VerifyVariables.Value(VerifyVariables.Definitions)
        ?? throw new ClusterMissingException(
            $"the definitions of {what} are not at hand: name the folder that has them, as their projects release them, in {VerifyVariables.Definitions}"
        );

    private static IEnumerable<Manifest> Read(string folder, Func<string, bool> isWanted) =>
        (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml") : [])
            .Order(StringComparer.Ordinal)
            .Select(file => (Name: file, Text: File.ReadAllText(file)))
            .Where(file => isWanted(file.Text))
            .SelectMany(file => ManifestReader.Parse(file.Text, file.Name))
            .Where(each => each.Kind == DefinitionKind);

    private static string GroupOf(Manifest definition) => definition.Root.TextAt("spec", "group");
}
