namespace Verification.Cluster.Manifests.Checks;

/// <summary>A route without a token has a limit for each client, so that one can't shut the others out.</summary>
internal sealed class ReadsAreLimited : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "limited-read";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("HTTPRoute")
            .Where(route => !set.OfKind("SecurityPolicy").Any(policy => IsOf(policy, route)))
            .Where(route => !set.OfKind("BackendTrafficPolicy").Any(policy => IsOf(policy, route) && IsOfEachClient(policy)))
            .Select(route => new ManifestFault(
                route,
                "may be asked by one client so often that no other is answered",
                "give it a BackendTrafficPolicy with a rateLimit whose clientSelectors have sourceCIDR of type Distinct"
            ));

    private static bool IsOf(Manifest policy, Manifest route) =>
        policy.Root.ListAt("spec", "targetRefs").Any(target => target.TextAt("kind") == route.Kind && target.TextAt("name") == route.Name);

    private static bool IsOfEachClient(Manifest policy) =>
        policy
            .Root.ListAt("spec", "rateLimit", "local", "rules")
            .Any(rule =>
                rule.At("limit", "requests") is not null
                && rule.ListAt("clientSelectors").Any(selector => selector.TextAt("sourceCIDR", "type") == "Distinct")
            );
}
