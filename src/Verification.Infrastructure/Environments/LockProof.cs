using System.Globalization;
using System.Net;
using Verification.Infrastructure.Simulator;

namespace Verification.Infrastructure.Environments;

/// <summary>Tries what a lock is there to refuse: to delete the version of an object that was just stored.</summary>
/// <param name="aws">The cloud.</param>
public sealed class LockProof(AwsCalls aws)
{
    private const string Key = "proof-of-lock";

    /// <summary>Stores an object in each bucket and tries to delete its version: without a permission it is refused, and with the one that
    /// a mode of GOVERNANCE knows it is granted, so that it was the lock
    /// that refused.</summary>
    /// <param name="buckets">Names of the buckets. They lose their policies: the simulator takes a statement that denies for one without
    /// its condition, and would refuse everything.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was answered otherwise, a phrase for each bucket.</returns>
    /// <exception cref="HttpRequestException">An object can't be stored.</exception>
    public async Task<IReadOnlyList<string>> TryAsync(IReadOnlyList<string> buckets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        var deviations = new List<string>();
        foreach (var bucket in buckets)
        {
            await aws.DeleteBucketPolicyAsync(bucket, cancellationToken).ConfigureAwait(false);
            if (await aws.PutObjectAsync(bucket, Key, "is to stay", cancellationToken).ConfigureAwait(false) is { } version)
                deviations.AddRange(await DeleteAsync(bucket, version, cancellationToken).ConfigureAwait(false));
            else
                deviations.Add($"{bucket} keeps no versions");
        }

        return deviations;
    }

    private async Task<IReadOnlyList<string>> DeleteAsync(string bucket, string version, CancellationToken cancellationToken)
    {
        var refused = await aws.DeleteVersionAsync(bucket, Key, version, bypassGovernance: false, cancellationToken).ConfigureAwait(false);
        if (refused != HttpStatusCode.Forbidden)
            return
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{bucket}: the deletion of a version that was just stored was answered {(int)refused}, and not refused"
                ),
            ];
        var granted = await aws.DeleteVersionAsync(bucket, Key, version, bypassGovernance: true, cancellationToken).ConfigureAwait(false);
        return granted == HttpStatusCode.NoContent
            ? []
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{bucket}: with the permission of GOVERNANCE the deletion was answered {(int)granted}: it was not the lock that refused it before"
                ),
            ];
    }
}
