using Verification.Cluster.Deployments;
using Verification.Cluster.Manifests;
using Verification.Stack.Components;

namespace Verification.Cluster.Admission;

/// <summary>Whether an admission of the cluster (<c>charts/admission</c>) takes what an environment deploys: in the platform's namespace it
/// takes only images that a publication records, by their digest.</summary>
public static class AdmittedPods
{
    /// <summary>What it would refuse, a sentence each; nothing of the environment that asks for no verdict.</summary>
    /// <param name="set">All that is deployed in an environment, with the images of <see cref="RenderedEnvironment"/>.</param>
    public static IReadOnlyList<string> FaultsOf(ManifestSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Environment == LocalPlatform.Environment)
            return [];
        var published = ComponentList
            .Deployed.Select(component => RenderedEnvironment.ImageOf(component.Name))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. set
                .Pods.Where(pod => pod.Owner.Namespace == LocalPlatform.Namespace)
                .SelectMany(pod => pod.Containers, (pod, container) => (pod.Owner, Image: container.TextAt("image")))
                .Where(each => !published.Contains(each.Image))
                .Select(each =>
                    $"{set.Environment}, {each.Owner.File}: {each.Owner.Id} runs {each.Image}, which no publication records, so that an admission of the cluster refuses it; have it published (ComponentList.Deployed), or deploy it to another namespace"
                ),
        ];
    }
}
