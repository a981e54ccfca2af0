using Verification.Cluster.Releases;
using Verification.Gate.Runs;
using Verification.Stack;

namespace Verification.Gate.Admission;

/// <summary>The releases that a cluster has had (<see cref="ReleaseHistory"/>), and the one that is deployed to it now.</summary>
/// <param name="root">The project.</param>
/// <param name="place">The cluster, and the namespace of the platform.</param>
/// <param name="time">The clock.</param>
internal sealed class DeploymentHistory(ProjectRoot root, ClusterPlace place, TimeProvider time)
{
    /// <summary>When a verdict has last let these images through to the cluster with this <c>config/</c>; null where none has.</summary>
    public async Task<DateTimeOffset?> LastAdmittedAsync(
        IReadOnlyDictionary<string, string> images,
        string configSha256,
        CancellationToken cancellationToken
    ) =>
        (await ReleaseRecorder.ReadAsync(place.Context, place.Namespace, cancellationToken).ConfigureAwait(false)).LastAdmitted(
            images,
            configSha256
        );

    /// <summary>Records what a verdict has admitted.</summary>
    public Task<RecordedRelease> RecordAsync(
        AdmissionOptions options,
        IReadOnlyDictionary<string, string> images,
        JudgedRun run,
        string? signedBy,
        CancellationToken cancellationToken
    ) =>
        RecordAsync(
            options,
            images,
            new RecordedVerdict(run.Record.Id, run.Record.Profile, ConfigDigest.OfFile(run.Folder.Attestation), signedBy),
            reason: null,
            cancellationToken
        );

    /// <summary>Records what is let through without a verdict, and why.</summary>
    public Task<RecordedRelease> OverrideAsync(
        AdmissionOptions options,
        IReadOnlyDictionary<string, string> images,
        string reason,
        CancellationToken cancellationToken
    ) => RecordAsync(options, images, verdict: null, reason, cancellationToken);

    private Task<RecordedRelease> RecordAsync(
        AdmissionOptions options,
        IReadOnlyDictionary<string, string> images,
        RecordedVerdict? verdict,
        string? reason,
        CancellationToken cancellationToken
    ) =>
        ReleaseRecorder.RecordAsync(
            place.Context,
            place.Namespace,
            user => new RecordedRelease(
                time.GetUtcNow(),
                user,
                options.Environment,
                images,
                ConfigDigest.Of(root.Config),
                ConfigDigest.OfFile(options.Gates) ?? string.Empty,
                ConfigDigest.OfFile(root.SafeSettings),
                verdict,
                reason
            ),
            cancellationToken
        );
}
