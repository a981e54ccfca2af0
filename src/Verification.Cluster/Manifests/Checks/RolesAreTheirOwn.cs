namespace Verification.Cluster.Manifests.Checks;

/// <summary>The role of the cloud that a service account has is that which Terraform makes for it, in this environment:
/// <c>sportbuff-ENVIRONMENT-ACCOUNT</c>.</summary>
internal sealed class RolesAreTheirOwn : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "own-role";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        from manifest in set.Manifests
        where manifest.Kind == "ServiceAccount"
        let role = manifest.Root.TextAt("metadata", "annotations", "eks.amazonaws.com/role-arn")
        let own = $"sportbuff-{set.Environment}-{manifest.Name}"
        where role.Length > 0 && !role.EndsWith($":role/{own}", StringComparison.Ordinal)
        select new ManifestFault(
            manifest,
            $"has the role {role}",
            $"give it {own}, which infra/terraform/modules/platform/access.tf makes for it"
        );
}
