using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>Tables are made by a Job that ends, by an account whose secret no pod has that serves.</summary>
internal sealed class SchemaIsApart : ManifestCheck
{
    /// <summary>The variable that gives the Job the password of its account.</summary>
    private const string Maker = "SCHEMA_PASSWORD";

    /// <summary>The variable that tells a service where MySQL is.</summary>
    private const string Address = "DBHOST";

    /// <inheritdoc />
    public override string Name => "schema-apart";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set)
    {
        var makers = set
            .Pods.Where(pod => pod.Owner.Kind == "Job")
            .SelectMany(pod => pod.Containers)
            .SelectMany(container => container.ListAt("env"))
            .Where(variable => variable.TextAt("name") == Maker)
            .Select(variable => variable.TextAt("valueFrom", "secretKeyRef", "name"))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. set
                .Pods.Where(pod => pod.Serves)
                .SelectMany(pod => TakenSecrets.Of(pod).Where(makers.Contains).Distinct(), (pod, secret) => (pod.Owner, secret))
                .Select(each => new ManifestFault(
                    each.Owner,
                    $"takes the secret '{each.secret}', of the account that makes tables",
                    "give it the services' own, which reads and writes rows"
                )),
            .. set
                .Pods.Where(pod => makers.Count == 0 && pod.Serves && pod.Containers.Any(HasDatabase))
                .Select(pod => new ManifestFault(
                    pod.Owner,
                    "has a database in which nobody makes its tables",
                    $"deploy charts/schema, whose Job has {Maker} of a secret"
                )),
        ];
    }

    private static bool HasDatabase(JsonNode container) => container.ListAt("env").Any(variable => variable.TextAt("name") == Address);
}
