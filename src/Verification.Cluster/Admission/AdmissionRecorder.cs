using k8s;
using k8s.Models;
using Verification.Cluster.Control;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Cluster.Admission;

/// <summary>Writes the list of admitted images with the service account that alone may (<c>charts/admission</c>).</summary>
public static class AdmissionRecorder
{
    private const string Deny = "Deny";
    private const int TokenSeconds = 600;

    /// <summary>Records a release that was admitted.</summary>
    /// <param name="context">Name of a context, as kubectl knows it, whose user may ask for a token of the account.</param>
    /// <param name="space">Namespace of the platform.</param>
    /// <param name="run">The run that has verified the release.</param>
    /// <param name="images">Its images by component, each with its digest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The list as it is now.</returns>
    /// <exception cref="StackNotFoundException">There is no such context, or the cluster does not enforce the list.</exception>
    /// <exception cref="StackUnreachableException">The API server does not answer, or refuses.</exception>
    public static async Task<AdmittedImages> RecordAsync(
        string context,
        string space,
        string run,
        IReadOnlyDictionary<string, string> images,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(images);
        var address = ClusterAccess.AddressOf(context);
        using var access = ClusterAccess.Open(address);
        return await RecordAsync(
                access,
                address,
                space,
                run,
                [.. images.Values.Select(image => ImageName.Parse(image).Digest!)],
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Records the digests of a release.</summary>
    internal static async Task<AdmittedImages> RecordAsync(
        ClusterAccess access,
        ClusterAddress address,
        string space,
        string run,
        IReadOnlyCollection<string> digests,
        CancellationToken cancellationToken
    )
    {
        var names = AdmissionNames.Of(space);
        using var recorder = ClusterAccess.OpenAs(
            address,
            await TokenAsync(access, address, names, cancellationToken).ConfigureAwait(false)
        );
        await RequireEnforcedAsync(recorder, address, names, cancellationToken).ConfigureAwait(false);
        var running = await RunningAsync(recorder, space, cancellationToken).ConfigureAwait(false);
        var what = $"write {names.Space}/{AdmissionNames.List}";
        var map = await recorder
            .FindAsync(
                what,
                client => client.CoreV1.ReadNamespacedConfigMapAsync(AdmissionNames.List, names.Space, cancellationToken: cancellationToken)
            )
            .ConfigureAwait(false);
        var list = (map is null ? AdmittedImages.None : AdmittedImages.Of(map)).With(run, digests, running);
        var written =
            map
            ?? new V1ConfigMap
            {
                Metadata = new V1ObjectMeta { Name = AdmissionNames.List, NamespaceProperty = names.Space },
            };
        list.WriteTo(written);
        // Of two that write at once the later one is refused: it has read what is there no more.
        await recorder
            .AskAsync(
                what,
                client =>
                    map is null
                        ? client.CoreV1.CreateNamespacedConfigMapAsync(written, names.Space, cancellationToken: cancellationToken)
                        : client.CoreV1.ReplaceNamespacedConfigMapAsync(
                            written,
                            AdmissionNames.List,
                            names.Space,
                            cancellationToken: cancellationToken
                        )
            )
            .ConfigureAwait(false);
        return list;
    }

    /// <summary>Sees that a cluster demands verdicts: that policy and guard are there, and refuse.</summary>
    /// <param name="context">Name of a context, as kubectl knows it, whose user may read both.</param>
    /// <param name="space">Namespace of the platform.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StackNotFoundException">There is no such context, or the cluster does not enforce the list.</exception>
    /// <exception cref="StackUnreachableException">The API server does not answer, or refuses.</exception>
    public static async Task RequireEnforcedAsync(string context, string space, CancellationToken cancellationToken)
    {
        var address = ClusterAccess.AddressOf(context);
        using var access = ClusterAccess.Open(address);
        await RequireEnforcedAsync(access, address, AdmissionNames.Of(space), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> TokenAsync(
        ClusterAccess access,
        ClusterAddress address,
        AdmissionNames names,
        CancellationToken cancellationToken
    )
    {
        var request = new Authenticationv1TokenRequest
        {
            Spec = new V1TokenRequestSpec { Audiences = [], ExpirationSeconds = TokenSeconds },
        };
        var answer = await access
            .FindAsync(
                $"ask for a token of {names.Space}/{AdmissionNames.Recorder} (recordedBy of charts/admission names who may)",
                client =>
                    client.CoreV1.CreateNamespacedServiceAccountTokenAsync(
                        request,
                        AdmissionNames.Recorder,
                        names.Space,
                        cancellationToken: cancellationToken
                    )
            )
            .ConfigureAwait(false);
        return answer?.Status.Token
            ?? throw new StackNotFoundException(
                $"the cluster of context {address.Context} has no account {names.Space}/{AdmissionNames.Recorder}: install charts/admission for namespace {names.Platform} (docs/deployment.md)."
            );
    }

    /// <summary>A list that nobody holds a pod against would say that something is guarded that is not.</summary>
    private static async Task RequireEnforcedAsync(
        ClusterAccess access,
        ClusterAddress address,
        AdmissionNames names,
        CancellationToken cancellationToken
    )
    {
        foreach (var name in new[] { names.Images, names.Guard })
        {
            var policy = await access
                .FindAsync(
                    $"get policy {name}",
                    client => client.AdmissionregistrationV1.ReadValidatingAdmissionPolicyAsync(name, cancellationToken: cancellationToken)
                )
                .ConfigureAwait(false);
            var binding = await access
                .FindAsync(
                    $"get binding {name}",
                    client =>
                        client.AdmissionregistrationV1.ReadValidatingAdmissionPolicyBindingAsync(name, cancellationToken: cancellationToken)
                )
                .ConfigureAwait(false);
            if (!Refuses(policy, binding))
                throw new StackNotFoundException(
                    $"the cluster of context {address.Context} does not enforce the list of admitted images: policy and binding {name} are expected, which refuse. Install charts/admission for namespace {names.Platform} again (docs/deployment.md), and see who has changed it."
                );
        }
    }

    /// <summary>Whether a policy refuses, also where it can't be evaluated or the list is gone.</summary>
    internal static bool Refuses(V1ValidatingAdmissionPolicy? policy, V1ValidatingAdmissionPolicyBinding? binding) =>
        policy is { Spec.FailurePolicy: "Fail" }
        && binding is not null
        && binding.Spec.ValidationActions.Contains(Deny)
        && binding.Spec.ParamRef is not { ParameterNotFoundAction: not Deny };

    private static async Task<IReadOnlySet<string>> RunningAsync(ClusterAccess recorder, string space, CancellationToken cancellationToken)
    {
        var pods = await recorder
            .AskAsync(
                $"list pods in namespace {space}",
                client => client.CoreV1.ListNamespacedPodAsync(space, cancellationToken: cancellationToken)
            )
            .ConfigureAwait(false);
        return pods
            .Items.SelectMany(pod =>
                pod.Spec.Containers.Concat(pod.Spec.InitContainers ?? [])
                    .Select(container => container.Image)
                    .Concat((pod.Spec.EphemeralContainers ?? []).Select(container => container.Image))
            )
            .Select(image => ImageName.Parse(image).Digest)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
    }
}
