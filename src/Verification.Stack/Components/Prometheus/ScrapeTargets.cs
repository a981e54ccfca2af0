using System.Text;
using Verification.Stack.Components.Alertmanager;
using Verification.Stack.Components.Artemis;
using Verification.Stack.Components.Exporters;
using Verification.Stack.Components.Fluentd;
using Verification.Stack.Components.HaProxy;
using Verification.Stack.Components.Logging;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Pushgateway;
using Verification.Stack.Components.Redis;
using Verification.Stack.Components.Services;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Prometheus;

/// <summary>The files that tell Prometheus which instances there are: one for each job of <c>config/prometheus/prometheus.yml</c>. The
/// label <c>instance</c> is an instance's name.</summary>
internal static class ScrapeTargets
{
    private const string Via = "__via__";
    private const string None = "[]\n";

    /// <summary>Content of each file, by its name without ending.</summary>
    /// <param name="around">The stack.</param>
    /// <param name="broker">Whether the broker tells metrics.</param>
    public static IReadOnlyDictionary<string, string> Of(Surroundings around, bool broker)
    {
        var mysql = $"{around.HostOf(WatchingRole.MySqlExporter)}:{MySqlExporterComponent.ListensOn}";
        var redis = $"{around.HostOf(WatchingRole.RedisExporter)}:{RedisExporterComponent.ListensOn}";
        var blackbox = $"{around.HostOf(WatchingRole.BlackboxExporter)}:{BlackboxExporterComponent.ListensOn}";
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertmanager"] = Targets(around.InstancesOf(WatchingRole.Alertmanager), name => $"{name}:{AlertmanagerComponent.ListensOn}"),
            ["pushgateway"] = Targets(around.InstancesOf(WatchingRole.Pushgateway), name => $"{name}:{PushgatewayComponent.ListensOn}"),
            ["dashboard"] = Targets(around.InstancesOf(InstanceRole.Dashboard), name => $"{name}:{ServiceComponent.Port}"),
            ["server"] = Targets(around.InstancesOf(InstanceRole.Server), name => $"{name}:{ServiceComponent.Port}"),
            ["broker"] = broker ? Targets(around.InstancesOf(InstanceRole.Broker), name => $"{name}:{JmxExporter.Port}") : None,
            ["haproxy"] = Targets(around.InstancesOf(HaProxyComponent.Proxy), name => $"{name}:{HaProxyMetrics.Port}"),
            ["mysql"] = Targets(around.InstancesOf(InstanceRole.Mysql), name => $"{name}:{MySqlComponent.Port}", mysql),
            ["redis"] = Targets(around.InstancesOf(InstanceRole.Redis), name => $"{name}:{RedisComponent.Port}", redis),
            ["fluentd"] = Targets(around.InstancesOf(LoggingRole.Fluentd), name => $"{name}:{FluentdComponent.ListensOn}"),
            ["node"] = Targets(around.InstancesOf(WatchingRole.NodeExporter), name => $"{name}:{NodeExporterComponent.ListensOn}"),
            ["synthetic"] =
                Targets(around.InstancesOf(InstanceRole.Server), name => $"http://{name}:{ServiceComponent.Port}/buffs", blackbox)
                // The contract names nothing of a Dashboard that could be asked without posting.
                + (
                    around.Sut.Extras.Contains("health.answers")
                        ? Targets(
                            around.InstancesOf(InstanceRole.Dashboard),
                            name => $"http://{name}:{ServiceComponent.Port}/readyz",
                            blackbox
                        )
                        : string.Empty
                ),
        };
    }

    /// <summary>How many targets the files name.</summary>
    public static int Count(IReadOnlyDictionary<string, string> files) => files.Values.Sum(file => file.Split("- targets:").Length - 1);

    private static string Targets(IReadOnlyList<string> instances, Func<string, string> address, string? via = null)
    {
        var file = new StringBuilder();
        foreach (var name in instances)
            file.Append(
                $"- targets: [\"{address(name)}\"]\n  labels: {{instance: \"{name}\"{(via is null ? string.Empty : $", {Via}: \"{via}\"")}}}\n"
            );
        return file.Length > 0 ? file.ToString() : None;
    }
}
