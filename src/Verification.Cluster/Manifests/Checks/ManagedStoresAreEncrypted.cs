using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>What a service reaches outside the cluster it reaches over TLS.</summary>
internal sealed class ManagedStoresAreEncrypted : ContainerCheck
{
    /// <summary>The variables that tell a service where something is, and whether it speaks TLS there.</summary>
    private static readonly (string Host, string Tls)[] Known =
    [
        ("DBHOST", "DBTLSENABLE"),
        ("REDISHOSTS", "REDISTLSENABLE"),
        ("MQHOST", "MQTLSENABLE"),
    ];

    /// <inheritdoc />
    public override string Name => "encrypted-outside";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container)
    {
        var values = container
            .ListAt("env")
            .ToDictionary(variable => variable.TextAt("name"), variable => variable.TextAt("value"), StringComparer.Ordinal);
        var plain = Known.FirstOrDefault(each =>
            ClusterHosts.LieOutside(values.GetValueOrDefault(each.Host, "")) && values.GetValueOrDefault(each.Tls) != "true"
        );
        return plain.Tls is null
            ? null
            : (
                $"reaches {plain.Host}, {values[plain.Host]}, and {plain.Tls} is not true",
                $"give it {plain.Tls}: \"true\"; what leaves the cluster is encrypted"
            );
    }
}
