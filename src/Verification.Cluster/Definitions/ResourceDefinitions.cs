using k8s;
using k8s.Models;
using Verification.Cluster.Manifests;
using Verification.Cluster.Nodes;
using Verification.Stack.Readiness;
using Verification.Stack.Sessions;

namespace Verification.Cluster.Definitions;

/// <summary>Definitions of the kinds of objects that a cluster does not know by itself, a file each, in the folder that <c>CRDS_DIR</c>
/// names: <c>GROUP_PLURAL.yaml</c>.</summary>
public sealed class ResourceDefinitions
{
    private static readonly TimeSpan ServedWithin = TimeSpan.FromSeconds(30);
    private readonly IReadOnlyList<string> files;

    private ResourceDefinitions(IReadOnlyList<string> files) => this.files = files;

    /// <summary>Finds those of some groups of the API.</summary>
    /// <param name="groups">The groups: <c>gateway.networking.k8s.io</c>.</param>
    /// <exception cref="ClusterMissingException">The variable is not set, or the folder has none of a group.</exception>
    public static ResourceDefinitions Of(params IReadOnlyList<string> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var folder =
            VerifyVariables.Value(VerifyVariables.Definitions)
            ?? throw new ClusterMissingException(
                $"the definitions of {string.Join(" and ", groups)} are not at hand: name the folder that has them, a file GROUP_PLURAL.yaml each, in {VerifyVariables.Definitions}"
            );
        var found = groups.ToDictionary(
            group => group,
            group => Directory.Exists(folder) ? Directory.GetFiles(folder, $"{group}_*.yaml") : [],
            StringComparer.Ordinal
        );
        return found.FirstOrDefault(each => each.Value.Length == 0) is { Key: { } missing }
            ? throw new ClusterMissingException(
                $"{folder} has no definition of {missing}: name a folder with a file {missing}_PLURAL.yaml for each of its kinds in {VerifyVariables.Definitions}"
            )
            : new ResourceDefinitions([.. found.Values.SelectMany(each => each).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Gives them to a cluster, and waits until it serves objects of these kinds.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="k8s.Autorest.HttpOperationException">The API server refuses one.</exception>
    /// <exception cref="StateNotSeenException">They are not served within 30 s.</exception>
    public async Task ApplyAsync(IKubernetes cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var definitions = files.SelectMany(file => ManifestReader.Parse(File.ReadAllText(file), file)).ToList();
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
}
