namespace Verification.Cluster.Manifests.Checks;

/// <summary>The pods of a StatefulSet have names: its Service is there and headless.</summary>
internal sealed class StatefulSetsAreNamed : ManifestCheck
{
    /// <inheritdoc />
    public override string Name => "headless-service";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        set.OfKind("StatefulSet")
            .Where(owner =>
                !set.OfKind("Service")
                    .Any(service =>
                        service.Name == owner.Root.TextAt("spec", "serviceName") && service.Root.TextAt("spec", "clusterIP") == "None"
                    )
            )
            .Select(owner => new ManifestFault(
                owner,
                $"names the service '{owner.Root.TextAt("spec", "serviceName")}', which is not there or not headless",
                "add a Service of this name with clusterIP: None"
            ));
}
