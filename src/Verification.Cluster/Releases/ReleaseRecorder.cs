using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Verification.Cluster.Control;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Cluster.Releases;

/// <summary>Reads and writes the history of a namespace with the user of a context: whoever deploys there may write it.</summary>
public static class ReleaseRecorder
{
    private const int Attempts = 3;

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

    /// <summary>Reads the history of the namespace that a stack runs in; an empty one where nothing was recorded.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="ReadAsync(string, string, CancellationToken)"/>
    public static async Task<ReleaseHistory> ReadAsync(StackDescription stack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        using var access = ClusterAccess.Open(
            stack.Cluster ?? throw new StackNotFoundException($"the stack {stack.Run} runs in no cluster, which would record its releases.")
        );
        var space = PodPlace.Parse(stack.Instances.First(instance => instance.Role == InstanceRole.Server).Control).Namespace;
        return await FindAsync(access, space, cancellationToken).ConfigureAwait(false) is { } map
            ? ReleaseHistory.Of(map)
            : ReleaseHistory.None;
    }

    /// <summary>Whether a namespace has a history, which this user may read.</summary>
    internal static async Task<bool> IsRecordedAsync(ClusterAccess access, string space, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(access, space, cancellationToken).ConfigureAwait(false) is not null;
        }
        catch (StackUnreachableException)
        {
            return false;
        }
    }

    /// <summary>Records a release, with the cluster's name of this user.</summary>
    /// <param name="context">Name of a context, as kubectl knows it.</param>
    /// <param name="space">Namespace of the platform.</param>
    /// <param name="release">Makes the entry of the user.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StackNotFoundException">There is no such context or namespace.</exception>
    /// <inheritdoc cref="ReadAsync(string, string, CancellationToken)"/>
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
        var entry = release(review.Status.UserInfo.Username);
        for (
            var attempt = 1;
            !await WriteAsync(access, space, entry, isLast: attempt == Attempts, cancellationToken).ConfigureAwait(false);

        )
            attempt++;
        return entry;
    }

    /// <summary>Adds an entry to what is there.</summary>
    /// <returns>False where another has written meanwhile: of two that write at once, as two hooks of one deployment may, the later one is
    /// refused, as it has read what is there no more. That is an error the last time.</returns>
    private static async Task<bool> WriteAsync(
        ClusterAccess access,
        string space,
        RecordedRelease entry,
        bool isLast,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(access, space, cancellationToken).ConfigureAwait(false);
        var map =
            found
            ?? new V1ConfigMap
            {
                Metadata = new V1ObjectMeta { Name = ReleaseHistory.Name, NamespaceProperty = space },
            };
        (found is null ? ReleaseHistory.None : ReleaseHistory.Of(found)).With(entry).WriteTo(map);
        try
        {
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
                    $"the cluster of context {access.Context} has no namespace {space}, so nothing can be recorded there: deploy the release namespace first, or name the platform's with --namespace."
                );
            return true;
        }
        catch (StackUnreachableException e)
            when (!isLast && e.InnerException is HttpOperationException { Response.StatusCode: HttpStatusCode.Conflict })
        {
            return false;
        }
    }

    private static Task<V1ConfigMap?> FindAsync(ClusterAccess access, string space, CancellationToken cancellationToken) =>
        access.FindAsync(
            $"read {space}/{ReleaseHistory.Name}",
            client => client.CoreV1.ReadNamespacedConfigMapAsync(ReleaseHistory.Name, space, cancellationToken: cancellationToken)
        );
}
