namespace Verification.Cluster.Manifests.Checks;

/// <summary>Nothing that is deployed may do everything in the cluster, or run commands in pods.</summary>
internal sealed class RightsAreNarrow : ManifestCheck
{
    private static readonly string[] Roles = ["Role", "ClusterRole"];
    private static readonly string[] Bindings = ["RoleBinding", "ClusterRoleBinding"];
    private static readonly string[] Refused = ["*", "pods/exec", "pods/attach"];

    /// <inheritdoc />
    public override string Name => "narrow-rights";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        [
            .. set
                .Manifests.Where(manifest => Bindings.Contains(manifest.Kind) && manifest.Root.TextAt("roleRef", "name") == "cluster-admin")
                .Select(binding => new ManifestFault(
                    binding,
                    "gives all rights in the cluster",
                    "bind a role with the few that are needed"
                )),
            .. set
                .Manifests.Where(manifest => Roles.Contains(manifest.Kind))
                .Where(role =>
                    role.Root.ListAt("rules")
                        .SelectMany(rule => rule.ListAt("resources"))
                        .Any(resource => Refused.Contains(resource.ToString()))
                )
                .Select(role => new ManifestFault(
                    role,
                    "gives rights on everything, or to run commands in pods",
                    "name the resources that are needed, without *, pods/exec and pods/attach"
                )),
        ];
}
