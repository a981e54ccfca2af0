using k8s;
using k8s.Models;
using Verification.Cluster.Control;
using Verification.Objectives;
using Verification.Stack.Control;

namespace Verification.Cluster.Releases;

/// <summary>Reads and writes the history of a namespace with the user of a context: whoever deploys there may write it.</summary>
public static class ReleaseRecorder
{
    /// <summary>Reads the history; an empty one where nothing was recorded.</summary>
    /// <param name="context">Name of a context, as kubectl knows it.</param>
    /// <param name="space">Namespace of the platform.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StackNotFoundException">There is no such context.</exception>
    /// <exception cref="StackUnreachableException">The API server does not answer, or refuses.</exception>
    /// <exception cref="DocumentException">An entry is none.</exception>
    public static async Task<ReleaseHistory> ReadAsync(string context, string space, CancellationToken cancellationToken)
    {
        using var access = ClusterAccess.Open(ClusterAccess.AddressOf(context));
        return await FindAsync(access, space, cancellationToken).ConfigureAwait(false) is { } map
            ? ReleaseHistory.Of(map)
            : ReleaseHistory.None;
    }

    /// <summary>Records a release, with the cluster's name of this user.</summary>
    /// <param name="context">Name of a context, as kubectl knows it.</param>
    /// <param name="space">Namespace of the platform.</param>
    /// <param name="release">Makes the entry of the user.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StackNotFoundException">There is no such context or namespace.</exception>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<RecordedRelease> RecordAsync(
        string context,
        string space,
        Func<string, RecordedRelease> release,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(release);
        using var access = ClusterAccess.Open(ClusterAccess.AddressOf(context));
        var review = await access
            .AskAsync(
                "say who asks",
                client =>
                    client.AuthenticationV1.CreateSelfSubjectReviewAsync(new V1SelfSubjectReview(), cancellationToken: cancellationToken)
            )
            .ConfigureAwait(false);
        var found = await FindAsync(access, space, cancellationToken).ConfigureAwait(false);
        var entry = release(review.Status.UserInfo.Username);
        var map =
            found
            ?? new V1ConfigMap
            {
                Metadata = new V1ObjectMeta { Name = ReleaseHistory.Name, NamespaceProperty = space },
            };
        (found is null ? ReleaseHistory.None : ReleaseHistory.Of(found)).With(entry).WriteTo(map);
        // Of two that write at once the later one is refused: it has read what is there no more.
        _ =
            await access
                .FindAsync(
                    $"write {space}/{ReleaseHistory.Name}",
                    client =>
                        found is null
                            ? client.CoreV1.CreateNamespacedConfigMapAsync(map, space, cancellationToken: cancellationToken)
                            : client.CoreV1.ReplaceNamespacedConfigMapAsync(
                                map,
                                ReleaseHistory.Name,
                                space,
                                cancellationToken: cancellationToken
                            )
                )
                .ConfigureAwait(false)
            ?? throw new StackNotFoundException(
                $"the cluster of context {context} has no namespace {space}, so nothing can be recorded there: deploy the release namespace first, or name the platform's with --namespace."
            );
        return entry;
    }

    private static Task<V1ConfigMap?> FindAsync(ClusterAccess access, string space, CancellationToken cancellationToken) =>
        access.FindAsync(
            $"read {space}/{ReleaseHistory.Name}",
            client => client.CoreV1.ReadNamespacedConfigMapAsync(ReleaseHistory.Name, space, cancellationToken: cancellationToken)
        );
}
