using Verification.Cluster.Manifests;
using Verification.Cluster.Manifests.Checks;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>Pods and Services that an operator makes are there for policies and monitors, as if a chart rendered them.</summary>
public sealed class OperatedPodsTests
{
    private const string Watching = """
        kind: Alertmanager
        metadata: {name: alertmanager, namespace: monitoring}
        ---
        kind: NetworkPolicy
        metadata: {name: to-alertmanager, namespace: monitoring}
        spec: {podSelector: {matchLabels: {app.kubernetes.io/name: alertmanager}}}
        ---
        kind: ServiceMonitor
        metadata: {name: alertmanager, namespace: monitoring}
        spec: {selector: {matchLabels: {operated-alertmanager: "true"}}, endpoints: [{port: web}]}
        """;
    private const string Logs = """
        kind: Elasticsearch
        metadata: {name: logs}
        ---
        kind: NetworkPolicy
        metadata: {name: to-elasticsearch, namespace: elastic}
        spec: {podSelector: {matchLabels: {common.k8s.elastic.co/type: elasticsearch}}, ingress: [{from: [{podSelector: {matchLabels: {app.kubernetes.io/name: fluentd}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: logging}}}]}]}
        """;

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("kind: Alertmanager", "kind: Alerts", 2)]
    [InlineData("alertmanager, namespace: monitoring}\n---", "alertmanager, namespace: other}\n---", 2)]
    [InlineData(
        "alertmanager, namespace: monitoring}\n---",
        "alertmanager, namespace: monitoring}\nspec: {portName: http}\n---",
        1
    )]
    public void Policies_and_monitors_find_what_an_operator_makes(string part, string instead, int faults) =>
        Assert.Equal(faults, Found(part.Length == 0 ? Watching : Watching.Replace(part, instead, StringComparison.Ordinal)).Count);

    [Fact]
    public void An_object_that_names_no_namespace_is_in_that_of_its_release() => Assert.Empty(Found(Logs));

    [Theory]
    [InlineData("logging/fluentd", 0)]
    [InlineData("fluentd", 1)]
    [InlineData("elsewhere/fluentd", 1)]
    public void Who_is_let_in_from_another_namespace_is_named_with_it(string caller, int faults) =>
        Assert.Equal(
            faults,
            new StoresAdmitTheirCallers()
                .FaultsOf(
                    Set(Logs) with
                    {
                        Known = new KnownNames(
                            new HashSet<string>(),
                            new Dictionary<string, IReadOnlySet<string>> { ["elasticsearch"] = new HashSet<string> { caller } }
                        ),
                    }
                )
                .Count()
        );

    private static List<ManifestFault> Found(string yaml) =>
        [.. new PoliciesSelectPods().FaultsOf(Set(yaml)), .. new MonitorsFindPorts().FaultsOf(Set(yaml))];

    private static ManifestSet Set(string yaml) =>
        new("production", ManifestReader.Parse(yaml, "release/operated.yaml"))
        {
            ReleaseNamespaces = new Dictionary<string, string> { ["release"] = "elastic" },
        };
}
