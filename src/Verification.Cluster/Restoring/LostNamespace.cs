using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Restoring;

/// <summary>A namespace that somebody deletes, and its volumes, which stay.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="name">Name of the namespace.</param>
public sealed class LostNamespace(IKubernetes cluster, string name)
{
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(180);

    /// <summary>Deletes it with all that is in it, and waits until it is gone.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">It is there after 3 min; with what the API server says it waits for.</exception>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await cluster.CoreV1.DeleteNamespaceAsync(name, cancellationToken: cancellationToken).ConfigureAwait(false);
        await Eventually
            .SeeAsync($"namespace {name} is gone", GoneWithin, StateAsync, state => state.Length == 0, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Keeps each volume that was claimed there for a claim of the same name: it is bound again once that is restored. Until then
    /// it is nobody's: a claim that was deleted is never bound again to what it had.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many there are.</returns>
    public async Task<int> KeepVolumesAsync(CancellationToken cancellationToken)
    {
        var all = await cluster.CoreV1.ListPersistentVolumeAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var left = all.Items.Where(volume => volume.Spec.ClaimRef?.NamespaceProperty == name && volume.Status.Phase == "Released").ToList();
        foreach (var volume in left)
            await cluster
                .CoreV1.PatchPersistentVolumeAsync(
                    new V1Patch("""{"spec": {"claimRef": {"uid": null, "resourceVersion": null}}}""", V1Patch.PatchType.MergePatch),
                    volume.Name(),
                    cancellationToken: cancellationToken
                )
                .ConfigureAwait(false);
        return left.Count;
    }

    /// <summary>What it waits for; empty once it is gone.</summary>
    private async Task<string> StateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var space = await cluster.CoreV1.ReadNamespaceAsync(name, cancellationToken: cancellationToken).ConfigureAwait(false);
            var waiting = (space.Status.Conditions ?? [])
                .Where(condition => condition.Status == "True")
                .Select(condition => condition.Message);
            return $"{space.Status.Phase}: {string.Join("; ", waiting)}";
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return string.Empty;
        }
    }
}
