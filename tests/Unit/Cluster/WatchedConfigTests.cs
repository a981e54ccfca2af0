using Verification.Cluster.Manifests;
using Verification.Cluster.Monitoring;
using Verification.Stack;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>What is deployed for those who watch is what <c>config/</c> says.</summary>
public sealed class WatchedConfigTests : IDisposable
{
    private const string Rules = "groups:\n  - name: a\n    rules:\n      - {alert: A, expr: up == 0, for: 1m}\n";
    private const string Deployed = """
        kind: PrometheusRule
        metadata: {name: sportbuff-a, labels: {release: x}}
        spec: {groups: [{name: a, rules: [{alert: A, expr: up == 0, for: 1m}]}]}
        ---
        kind: PrometheusRule
        metadata: {name: sportbuff-slo-b, labels: {release: x}}
        spec: {groups: [{name: a, rules: [{alert: A, expr: up == 0, for: 1m}]}]}
        ---
        kind: ConfigMap
        metadata: {name: d, labels: {grafana_dashboard: "1"}}
        data: {d.json: "{}"}
        ---
        kind: Prometheus
        metadata: {name: prometheus}
        spec: {ruleSelector: {matchLabels: {release: x}}, serviceMonitorSelector: {matchLabels: {release: x}}, podMonitorSelector: {matchLabels: {release: x}}, probeSelector: {matchLabels: {release: x}}}
        ---
        kind: ServiceMonitor
        metadata: {name: server, labels: {release: x}}
        ---
        kind: PodMonitor
        metadata: {name: velero, labels: {release: x}}
        ---
        kind: Probe
        metadata: {name: gateway, labels: {release: x}}
        ---
        kind: Secret
        metadata: {name: alertmanager}
        stringData: {alertmanager.yaml: "route: {receiver: pager}"}
        """;
    private readonly OwnFolder folder = new();

    public WatchedConfigTests()
    {
        foreach (
            var name in new[] { "environments/local", "config/alerts", "config/slo/rules", "config/dashboards", "config/alertmanager" }
        )
            Directory.CreateDirectory(folder.In(name));
        folder.Holding("Verification.sln", string.Empty);
        folder.Holding("environments/local/values.yaml", "observability: {without: [left]}\n");
        folder.Holding("config/alerts/a.yaml", Rules);
        folder.Holding("config/alerts/left.yaml", Rules);
        folder.Holding("config/slo/rules/b.yaml", $"\n---\n# Made.\n{Rules}");
        folder.Holding("config/dashboards/d.json", "{}");
        folder.Holding("config/alertmanager/alertmanager.yml", "route: {receiver: pager}\n");
    }

    [Fact]
    public void What_is_deployed_as_it_is_has_no_fault() => Assert.Empty(FaultsOf(Deployed));

    [Theory]
    [InlineData("name: sportbuff-a", "name: sportbuff-other", "config/alerts/a.yaml is not deployed")]
    [InlineData("name: sportbuff-slo-b", "name: sportbuff-b", "config/slo/rules/b.yaml is not deployed")]
    [InlineData("expr: up == 0, for: 1m", "expr: up == 0, for: 2m", "PrometheusRule/sportbuff-a says something else")]
    [InlineData("expr: up == 0", "expr: up < 1", "PrometheusRule/sportbuff-a says something else")]
    [InlineData("\"{}\"", "\"{ }\"", "config/dashboards/d.json is not deployed as it is")]
    [InlineData("grafana_dashboard", "dashboard", "config/dashboards/d.json is not deployed as it is")]
    [InlineData("name: sportbuff-a, labels: {release: x}", "name: sportbuff-a", "PrometheusRule/sportbuff-a lacks the labels")]
    [InlineData("name: server, labels: {release: x}", "name: server, labels: {release: y}", "ServiceMonitor/server lacks the labels")]
    [InlineData("name: velero, labels: {release: x}", "name: velero", "PodMonitor/velero lacks the labels")]
    [InlineData("name: gateway, labels: {release: x}", "name: gateway", "Probe/gateway lacks the labels")]
    [InlineData(
        "{receiver: pager}",
        "{receiver: nobody}",
        "Secret/alertmanager says something else than config/alertmanager/alertmanager.yml"
    )]
    [InlineData(
        "stringData: {alertmanager.yaml: \"route: {receiver: pager}\"}",
        "data: {alertmanager.yaml: cm91dGU6IHt9}",
        "Secret/alertmanager says"
    )]
    public void What_is_not_is_named(string sound, string broken, string fault) =>
        Assert.Contains(
            FaultsOf(Deployed.Replace(sound, broken, StringComparison.Ordinal)),
            each => each.Contains(fault, StringComparison.Ordinal)
        );

    [Fact]
    public void Who_hears_of_what_may_be_encoded() =>
        Assert.Empty(
            FaultsOf(
                Deployed.Replace(
                    "stringData: {alertmanager.yaml: \"route: {receiver: pager}\"}",
                    "data: {alertmanager.yaml: cm91dGU6IHtyZWNlaXZlcjogcGFnZXJ9Cg==}",
                    StringComparison.Ordinal
                )
            )
        );

    [Fact]
    public void A_file_that_is_left_out_and_is_not_there_is_named()
    {
        File.Delete(folder.In("config/alerts/left.yaml"));

        Assert.Equal(
            ["environments/local/values.yaml, observability.without: there are no rules of the name left; take it away"],
            FaultsOf(Deployed)
        );
    }

    public void Dispose() => folder.Dispose();

    private IReadOnlyList<string> FaultsOf(string manifests) =>
        new WatchedConfig(new ProjectRoot(folder.Path)).FaultsOf(new ManifestSet("local", ManifestReader.Parse(manifests, "all.yaml")));
}
