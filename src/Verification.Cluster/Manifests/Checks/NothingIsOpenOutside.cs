namespace Verification.Cluster.Manifests.Checks;

/// <summary>No Service opens a port to the outside past the gateway.</summary>
internal sealed class NothingIsOpenOutside : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "cluster-ip";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("Service")
            .Where(service => service.Root.TextAt("spec", "type") is "NodePort" or "LoadBalancer")
            .Select(service => new ManifestFault(
                service,
                $"is a {service.Root.TextAt("spec", "type")}",
                "leave its type out; the gateway leads to it"
            ));
}
