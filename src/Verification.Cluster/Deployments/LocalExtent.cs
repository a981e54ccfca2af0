namespace Verification.Cluster.Deployments;

/// <summary>How much of the environment <c>local</c> is deployed.</summary>
/// <param name="Components">The components whose images are needed.</param>
/// <param name="Values">What is said beside the environment's own values.</param>
public sealed record LocalExtent(IReadOnlyList<string> Components, string Values)
{
    /// <summary>The broker.</summary>
    public const string Broker = "artemis";

    /// <summary>What leaves out the metrics of a broker whose image has nothing that tells them.</summary>
    public const string BrokerUntold = "broker: {metrics: false}\n";

    /// <summary>Those that policies and autoscalers need.</summary>
    private static readonly string[] Enforcers = ["kube-network-policies", "metrics-server"];

    /// <summary>Those that a gateway needs beside them.</summary>
    private static readonly string[] Operators = ["envoy-gateway", "envoy", .. Enforcers];

    /// <summary>The one that fetches secrets.</summary>
    public const string Secrets = "external-secrets";

    /// <summary>Those that back up and restore its objects.</summary>
    public static IReadOnlyList<string> Backup { get; } = ["velero", "velero-plugin-for-aws"];

    private const string NoGateway = "gateway: {enabled: false}\n";
    private const string NoLogging = "logging: {enabled: false}\n";
    private const string NoWatching = "observability: {enabled: false}\nprometheus: {enabled: false}\nexporters: {enabled: false}\n";

    /// <summary>Those that gather the logs.</summary>
    public static IReadOnlyList<string> Logging { get; } = ["elasticsearch", "fluentd"];

    /// <summary>Those that watch.</summary>
    public static IReadOnlyList<string> Watching { get; } =
    [
        "prometheus-operator",
        "prometheus-config-reloader",
        "prometheus",
        "alertmanager",
        "pager",
        "blackbox-exporter",
        "mysqld-exporter",
        "redis-exporter",
    ];

    /// <summary>The platform alone, which nobody reaches from outside.</summary>
    public static LocalExtent Platform { get; } =
        new(
            ["mysql", "haproxy", "redis", Broker, "dashboard", "server"],
            $"operators: {{enabled: false}}\n{NoGateway}{NoLogging}{NoWatching}"
        );

    /// <summary>Those that back up what MySQL holds.</summary>
    public static IReadOnlyList<string> Procedures { get; } = ["backup", "object-store"];

    /// <summary>What has MySQL backed up.</summary>
    public const string BackupsOn = "backup: {enabled: true}\n";

    /// <summary>The platform, which nobody reaches from outside, and backups of what its MySQL holds; what holds pods to their policies is
    /// there.</summary>
    public static LocalExtent BackedUp { get; } =
        new([.. Platform.Components, .. Enforcers, .. Procedures], $"{NoGateway}{NoLogging}{NoWatching}{BackupsOn}");

    /// <summary>All of it.</summary>
    /// <param name="keySet">The keys (JWKS) of whoever issues tokens.</param>
    /// <param name="logged">Whether its logs are gathered.</param>
    /// <param name="watched">Whether it is watched.</param>
    /// <param name="secrets">Where its secrets are fetched from, as its pods reach it; null where they are made in the cluster.</param>
    /// <param name="backups">Where its objects are backed up to; null for nowhere.</param>
    public static LocalExtent Whole(string keySet, bool logged, bool watched, Uri? secrets, Uri? backups) =>
        new(
            [
                .. Platform.Components,
                .. Operators,
                .. logged ? Logging : [],
                .. watched ? Watching : [],
                .. secrets is null ? (string[])[] : [Secrets],
                .. backups is null ? [] : Backup,
            ],
            $"gateway: {{tokens: {{keys: '{keySet}'}}}}\n{(logged ? string.Empty : NoLogging)}{(watched ? string.Empty : NoWatching)}{Of("secretStore", secrets)}{Of("objectBackups", backups)}"
        );

    private static string Of(string part, Uri? simulator) =>
        simulator is null ? string.Empty : $"{part}: {{enabled: true, endpoint: '{simulator.GetLeftPart(UriPartial.Authority)}'}}\n";
}
