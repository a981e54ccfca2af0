using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>A route leads from one host, by a listener with TLS, from paths and methods that are named, to a Service that is
/// there.</summary>
internal sealed class RoutesAreNarrow : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "narrow-route";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("HTTPRoute").SelectMany(route => FaultsOf(route, set));

    private static IEnumerable<ManifestFault> FaultsOf(Manifest route, ManifestSet set)
    {
        var rules = route.Root.ListAt("spec", "rules");
        if (route.Root.ListAt("spec", "hostnames").Count == 0)
            yield return new ManifestFault(route, "answers whatever host it is asked for", "name the host in hostnames");
        if (rules.Any(rule => rule.ListAt("matches").Count == 0) || rules.SelectMany(rule => rule.ListAt("matches")).Any(IsWide))
            yield return new ManifestFault(
                route,
                "leads in from more than one path and method",
                "give each match path.type: Exact and a method"
            );
        foreach (var backend in rules.SelectMany(rule => rule.ListAt("backendRefs")).Where(backend => !IsThere(backend, route, set)))
            yield return new ManifestFault(
                route,
                $"leads to the service '{backend.TextAt("name")}', port {backend.TextAt("port")}, which is not there",
                "name a Service of its namespace and one of its ports"
            );
        foreach (var parent in route.Root.ListAt("spec", "parentRefs").Where(parent => !IsEncrypted(parent, set)))
            yield return new ManifestFault(
                route,
                $"hangs at the gateway '{parent.TextAt("name")}', listener '{parent.TextAt("sectionName")}', which is not there or speaks no TLS",
                "name a listener of protocol HTTPS that terminates TLS with a certificate"
            );
    }

    private static bool IsWide(JsonNode match) => match.TextAt("path", "type") != "Exact" || match.TextAt("method").Length == 0;

    private static bool IsThere(JsonNode backend, Manifest route, ManifestSet set) =>
        set.OfKind("Service")
            .Any(service =>
                service.Name == backend.TextAt("name")
                && service.Namespace == route.Namespace
                && service.Root.ListAt("spec", "ports").Any(port => port.TextAt("port") == backend.TextAt("port"))
            );

    private static bool IsEncrypted(JsonNode parent, ManifestSet set) =>
        set.OfKind("Gateway")
            .Where(gateway => gateway.Name == parent.TextAt("name"))
            .SelectMany(gateway => gateway.Root.ListAt("spec", "listeners"))
            .Any(listener =>
                listener.TextAt("name") == parent.TextAt("sectionName")
                && listener.TextAt("protocol") == "HTTPS"
                && listener.ListAt("tls", "certificateRefs").Count > 0
            );
}
