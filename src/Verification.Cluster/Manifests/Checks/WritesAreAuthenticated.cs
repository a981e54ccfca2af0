namespace Verification.Cluster.Manifests.Checks;

/// <summary>A route by which something is written asks for a token, which nobody may leave out.</summary>
internal sealed class WritesAreAuthenticated : ManifestCheck
{
    private static readonly string[] Reading = ["GET", "HEAD", "OPTIONS"];

    /// <inheritdoc />
    public override string Name => "authenticated-write";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("HTTPRoute")
            .Where(route =>
                route
                    .Root.ListAt("spec", "rules")
                    .SelectMany(rule => rule.ListAt("matches"))
                    .Any(match => !Reading.Contains(match.TextAt("method")))
            )
            .Where(route => !set.OfKind("SecurityPolicy").Any(policy => IsOf(policy, route) && AsksForToken(policy)))
            .Select(route => new ManifestFault(
                route,
                "lets everybody write",
                "give it a SecurityPolicy with jwt.providers, each with issuer and audiences, and without jwt.optional"
            ));

    private static bool IsOf(Manifest policy, Manifest route) =>
        policy
            .Root.ListAt("spec", "targetRefs")
            .Any(target =>
                target.TextAt("kind") == route.Kind && target.TextAt("name") == route.Name && target.TextAt("sectionName").Length == 0
            );

    private static bool AsksForToken(Manifest policy) =>
        policy.Root.TextAt("spec", "jwt", "optional") != "true"
        && policy.Root.TextAt("spec", "jwt", "failOpen") != "true"
        && policy.Root.ListAt("spec", "jwt", "providers") is { Count: > 0 } providers
        && providers.All(provider => provider.TextAt("issuer").Length > 0 && provider.ListAt("audiences").Count > 0);
}
