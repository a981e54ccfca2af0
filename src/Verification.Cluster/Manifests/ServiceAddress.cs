using System.Globalization;

namespace Verification.Cluster.Manifests;

/// <summary>An address within the cluster: that of a Service, by its name and namespace.</summary>
internal static class ServiceAddress
{
    /// <summary>Whether an address leads to a port of a Service that is deployed; null for one that is no name of a Service, or is of a
    /// namespace that nothing is deployed to.</summary>
    public static bool? Leads(ManifestSet set, Uri address)
    {
        var names = address.Host.Split('.');
        if (names is not ([_, _] or [_, _, "svc", ..]) || set.Manifests.All(manifest => manifest.Namespace != names[1]))
            return null;
        var port = address.Port.ToString(CultureInfo.InvariantCulture);
        return set.OfKind("Service")
            .Where(service => service.Name == names[0] && service.Namespace == names[1])
            .SelectMany(service => service.Root.ListAt("spec", "ports"))
            .Any(each => each.TextAt("port") == port);
    }
}
