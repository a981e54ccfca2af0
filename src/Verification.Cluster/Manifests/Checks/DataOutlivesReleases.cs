namespace Verification.Cluster.Manifests.Checks;

/// <summary>In production a claim of data outlives its release, and names its storage class; what it holds outlives the claim.</summary>
internal sealed class DataOutlivesReleases : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "retain";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("StatefulSet")
            .Where(owner => owner.Root.ListAt("spec", "volumeClaimTemplates").Count > 0)
            .Where(owner =>
                owner.Root.TextAt("spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted") == "Delete"
                || owner.Root.ListAt("spec", "volumeClaimTemplates").Any(claim => claim.TextAt("spec", "storageClassName").Length == 0)
            )
            .Select(owner => new ManifestFault(
                owner,
                "loses its data with its release, or has it wherever the cluster's default is",
                "set persistentVolumeClaimRetentionPolicy.whenDeleted: Retain and storageClassName"
            ))
            .Concat(
                set.OfKind("PersistentVolumeClaim")
                    .Where(claim =>
                        claim.Root.TextAt("metadata", "annotations", "helm.sh/resource-policy") != "keep"
                        || claim.Root.TextAt("spec", "storageClassName").Length == 0
                    )
                    .Select(claim => new ManifestFault(
                        claim,
                        "goes with its release, or is wherever the cluster's default is",
                        "give it the annotation helm.sh/resource-policy: keep (storage.retain), and storageClassName"
                    ))
            )
            .Concat(
                set.OfKind("StorageClass")
                    .Where(each => each.Root.TextAt("reclaimPolicy") != "Retain")
                    .Select(each => new ManifestFault(
                        each,
                        "deletes a volume with its claim, which a wrong command deletes",
                        "set reclaimPolicy: Retain"
                    ))
            );

    /// <inheritdoc />
    public override bool HoldsIn(string environment) => environment != "local";
}
