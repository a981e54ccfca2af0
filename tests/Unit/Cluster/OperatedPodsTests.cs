using Verification.Cluster.Manifests;
using Verification.Cluster.Manifests.Checks;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>Pods that an operator makes are there for policies, as if a chart rendered them.</summary>
public sealed class OperatedPodsTests
{
    private const string Watching = """
        kind: Alertmanager
        metadata: {name: alertmanager, namespace: monitoring}
        ---
        kind: NetworkPolicy
        metadata: {name: to-alertmanager, namespace: monitoring}
        spec: {podSelector: {matchLabels: {app.kubernetes.io/name: alertmanager}}}
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
    [InlineData("kind: Alertmanager", 0)]
    [InlineData("kind: Alerts", 1)]
    public void A_policy_finds_the_pods_that_an_operator_makes(string kind, int faults) =>
        Assert.Equal(faults, Unselecting(Watching.Replace("kind: Alertmanager", kind, StringComparison.Ordinal)).Count);

    [Fact]
    public void Whom_a_policy_is_of_may_be_left_out() =>
        Assert.Empty(new PoliciesSelectPods().FaultsOf(Set("kind: NetworkPolicy\nmetadata: {name: of-nobody}") with { IsWhole = false }));

    [Fact]
    public void An_object_that_names_no_namespace_is_in_that_of_its_release() => Assert.Empty(Unselecting(Logs));

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

    private static List<ManifestFault> Unselecting(string yaml) => [.. new PoliciesSelectPods().FaultsOf(Set(yaml))];

    private static ManifestSet Set(string yaml) =>
        new("production", ManifestReader.Parse(yaml, "release/operated.yaml"))
        {
            ReleaseNamespaces = new Dictionary<string, string> { ["release"] = "elastic" },
        };
}
