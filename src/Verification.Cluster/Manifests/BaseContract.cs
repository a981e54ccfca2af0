namespace Verification.Cluster.Manifests;

/// <summary>Services that keep the contract and nothing beyond it (<c>services.contract: base</c>): whether what is deployed of them, and
/// around them, goes by what the contract names alone.</summary>
public static class BaseContract
{
    /// <summary>The value that says so.</summary>
    public const string Value = "base";

    /// <summary>The annotation that tells what they lack.</summary>
    internal const string Lacks = "sportbuff/lacks";

    private const string Tls = "MQTLSENABLE";
    private static readonly string[] Services = ["dashboard", "server"];
    private static readonly string[] Probes = ["startupProbe", "livenessProbe", "readinessProbe"];

    /// <summary>The variables that the contract gives them.</summary>
    internal static readonly IReadOnlyList<string> Variables =
    [
        "MQHOST",
        "MQPORT",
        "MQUSERNAME",
        "MQPASSWORD",
        Tls,
        "MQPROTOCOL",
        "DBHOST",
        "DBPORT",
        "DBNAME",
        "DBUSER",
        "DBPASS",
        "REDISHOSTS",
        "REDISPASSWORD",
        "SSL_CERT_FILE",
    ];

    /// <summary>The paths that the contract has for GET; of POST no probe can ask.</summary>
    internal static readonly IReadOnlyList<string> Paths = ["/buffs"];

    /// <summary>What goes by more.</summary>
    /// <param name="set">All that is deployed in an environment.</param>
    public static IReadOnlyList<string> FaultsOf(ManifestSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return
        [
            .. Services.SelectMany(service => OfService(set, service)),
            .. set.OfKind("ServiceMonitor")
                .Where(monitor => Services.Contains(monitor.Root.TextAt("spec", "selector", "matchLabels", "app.kubernetes.io/name")))
                .Select(monitor => $"{monitor.Id} asks for metrics of a service that has none"),
            .. set.OfKind("PrometheusRule")
                .Where(rules => ExpressionsOf(rules).Any(IsOfServices))
                .Select(rules => $"{rules.Id} goes by metrics of a service that has none"),
        ];
    }

    private static IEnumerable<string> OfService(ManifestSet set, string service)
    {
        if (set.Pods.FirstOrDefault(pod => pod.Owner.Kind == "Deployment" && pod.Owner.Name == service) is not { } pod)
            return [$"there is no Deployment {service}"];
        var variables = pod
            .Spec.ListAt("containers")
            .SelectMany(container => container.ListAt("env"))
            .ToDictionary(variable => variable.TextAt("name"), variable => variable.TextAt("value"), StringComparer.Ordinal);
        var asked = pod
            .Spec.ListAt("containers")
            .SelectMany(container => Probes.Select(probe => container.TextAt(probe, "httpGet", "path")))
            .Where(path => path.Length > 0);
        return
        [
            .. variables.Keys.Except(Variables, StringComparer.Ordinal).Select(name => $"{service} is given {name}, which it knows not"),
            .. asked.Except(Paths, StringComparer.Ordinal).Select(path => $"{service} is asked for {path}, which it has not"),
            .. variables.GetValueOrDefault(Tls) == "true" && variables.ContainsKey("SSL_CERT_FILE")
                ? (string[])[]
                : [$"{service} sends its login to the broker without TLS, or is not told whom to trust"],
            .. pod.Owner.Root.TextAt("metadata", "annotations", Lacks).Length > 0
                ? (string[])[]
                : [$"{service} does not tell what it lacks: annotation {Lacks}"],
        ];
    }

    private static IEnumerable<string> ExpressionsOf(Manifest rules) =>
        rules.Root.ListAt("spec", "groups").SelectMany(group => group.ListAt("rules")).Select(rule => rule.TextAt("expr"));

    private static bool IsOfServices(string expression) =>
        Services.Any(service => expression.Contains($"job=\"{service}\"", StringComparison.Ordinal));
}
