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
        var folder =
            VerifyVariables.Value(VerifyVariables.Definitions)
            ?? throw new ClusterMissingException(
                $"the definitions of {string.Join(" and ", groups)} are not at hand: name the folder that has them, as their projects release them, in {VerifyVariables.Definitions}"
            );
        return new ResourceDefinitions(In(folder, groups));
    }

    /// <summary>Those of some groups that the files of a folder hold, in the order of their files.</summary>
    /// <exception cref="ClusterMissingException">It has none of a group, or a file is no YAML.</exception>
    internal static IReadOnlyList<Manifest> In(string folder, IReadOnlyList<string> groups)
    {
        try
        {
            List<Manifest> found =
            [
                .. (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml") : [])
                    .Order(StringComparer.Ordinal)
                    .Select(file => (Name: file, Text: File.ReadAllText(file)))
                    // What names none of them need not be read: a release has megabytes.
                    .Where(file => groups.Any(group => file.Text.Contains(group, StringComparison.Ordinal)))
                    .SelectMany(file => ManifestReader.Parse(file.Text, file.Name))
                    .Where(each => each.Kind == DefinitionKind && groups.Contains(GroupOf(each))),
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

    private static string GroupOf(Manifest definition) => definition.Root.TextAt("spec", "group");
}
