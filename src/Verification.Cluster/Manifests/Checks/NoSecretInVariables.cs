using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>No secret stands in a variable as it is.</summary>
internal sealed class NoSecretInVariables : ContainerCheck
{
    /// <inheritdoc />
    public override string Name => "no-secret-literal";

    /// <inheritdoc />
    protected override (string Problem, string Fix)? FaultOf(PodTemplate pod, JsonNode container) =>
        container
            .ListAt("env")
            .FirstOrDefault(variable =>
                Suspicious.Any(word => variable.TextAt("name").Contains(word, StringComparison.OrdinalIgnoreCase))
                && variable.TextAt("value") is { Length: > 0 } value
                && !IsPlace(variable.TextAt("name"), value)
            )
            is { } secret
            ? ($"has the value of {secret.TextAt("name")} in the manifest", "take it from a secret by valueFrom.secretKeyRef")
            : null;

    /// <summary>The name of a file, or an address, is no secret.</summary>
    private static bool IsPlace(string name, string value) =>
        (name.EndsWith("_FILE", StringComparison.Ordinal) && value.StartsWith('/'))
        || (
            name.EndsWith("_ENDPOINT", StringComparison.Ordinal)
            && value.StartsWith("http", StringComparison.Ordinal)
            && !value.Contains('@')
        );

    private static readonly string[] Suspicious = ["PASS", "SECRET", "TOKEN", "KEY", "AUTH"];
}
