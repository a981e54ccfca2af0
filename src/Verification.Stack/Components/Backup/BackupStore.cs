using Verification.Stack.Components.ObjectStore;
using Verification.Stack.Components.RestStore;

namespace Verification.Stack.Components.Backup;

/// <summary>Where the procedures of a container have their repositories, and what lets them in there.</summary>
/// <param name="Repository">The place, as they name it.</param>
/// <param name="Secrets">Content of their files of secrets, by its name.</param>
internal sealed record BackupStore(string Repository, IReadOnlyDictionary<string, string> Secrets)
{
    private static readonly Role S3 = new("object-store");

    /// <summary>What a stack has.</summary>
    /// <param name="around">The stack.</param>
    /// <param name="isJob">Whether it is for a job: the archiver forgets open binary logs, and no other procedure but the retention forgets
    /// anything.</param>
    public static BackupStore Of(Surroundings around, bool isJob) =>
        around.HostsOf(RestStoreAddress.Role) is [var host]
            ? OfRest(host, new RestStoreCredentials(around.Secrets), isJob)
            : OfS3(around.HostOf(S3), new ObjectStoreCredentials(around.Secrets));

    private static BackupStore OfRest(string host, RestStoreCredentials credentials, bool isJob) =>
        new(
            RestStoreAddress.Repository(host, removes: !isJob),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["rest-credentials"] = credentials.File(removes: !isJob),
                ["retention-credentials"] = credentials.File(removes: true),
            }
        );

    // The store of a stack knows one pair, and no policies.
    private static BackupStore OfS3(string host, ObjectStoreCredentials credentials) =>
        new(
            $"s3:http://{host}:{ObjectStoreComponent.Port}/backup",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["object-store-credentials"] = credentials.File,
                ["retention-credentials"] = credentials.File,
            }
        );
}
