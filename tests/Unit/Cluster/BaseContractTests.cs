using Verification.Cluster.Manifests;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>Services that keep the contract alone are asked for nothing else, whatever the rules for all say.</summary>
public sealed class BaseContractTests
{
    private const string Sound = """
        kind: Deployment
        metadata: {name: dashboard, annotations: {sportbuff/lacks: "health, metrics"}}
        spec:
          template:
            spec:
              containers:
                - name: dashboard
                  env: [{name: MQPORT, value: "61614"}, {name: MQTLSENABLE, value: "true"}, {name: SSL_CERT_FILE, value: /authorities}]
                  livenessProbe: {tcpSocket: {port: http}}
                  readinessProbe: {tcpSocket: {port: http}}
        ---
        kind: Deployment
        metadata: {name: server, annotations: {sportbuff/lacks: "health, metrics"}}
        spec:
          template:
            spec:
              containers:
                - name: server
                  env: [{name: DBHOST, value: mysql}, {name: MQTLSENABLE, value: "true"}, {name: SSL_CERT_FILE, value: /authorities}]
                  livenessProbe: {tcpSocket: {port: http}}
                  readinessProbe: {httpGet: {path: /buffs, port: http}}
        ---
        kind: ServiceMonitor
        metadata: {name: proxy}
        spec: {selector: {matchLabels: {app.kubernetes.io/name: haproxy}}}
        ---
        kind: PrometheusRule
        metadata: {name: stores}
        spec: {groups: [{rules: [{expr: 'up{job="mysql"} == 0'}]}]}
        """;

    [Fact]
    public void What_the_contract_names_is_enough() => Assert.Empty(Faults(Sound));

    [Theory]
    [InlineData("name: dashboard, annotations", "name: board, annotations", "there is no Deployment dashboard")]
    [InlineData("{name: DBHOST, value: mysql}", "{name: DBTLSENABLE, value: mysql}", "server is given DBTLSENABLE, which it knows not")]
    [InlineData("path: /buffs", "path: /readyz", "server is asked for /readyz, which it has not")]
    [InlineData("value: \"true\"", "value: \"false\"", "dashboard sends its login to the broker without TLS, or is not told whom to trust")]
    [InlineData(
        ", {name: SSL_CERT_FILE, value: /authorities}",
        "",
        "dashboard sends its login to the broker without TLS, or is not told whom to trust"
    )]
    [InlineData(
        ", annotations: {sportbuff/lacks: \"health, metrics\"}",
        "",
        "dashboard does not tell what it lacks: annotation sportbuff/lacks"
    )]
    [InlineData("name: haproxy", "name: server", "ServiceMonitor/proxy asks for metrics of a service that has none")]
    [InlineData("job=\"mysql\"", "job=\"server\"", "PrometheusRule/stores goes by metrics of a service that has none")]
    public void What_goes_by_more_is_told(string part, string instead, string fault)
    {
        var at = Sound.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0);

        Assert.Equal([fault], Faults(Sound[..at] + instead + Sound[(at + part.Length)..]));
    }

    [Fact]
    public void Its_variables_and_paths_are_those_of_the_contract()
    {
        var contract = File.ReadAllText(Path.Combine(Files.Root, "docs", "contract.md"));

        Assert.All(BaseContract.Variables, variable => Assert.Contains($"`{variable}`", contract, StringComparison.Ordinal));
        Assert.All(BaseContract.Paths, path => Assert.Contains($"`GET {path}`", contract, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Faults(string yaml) =>
        BaseContract.FaultsOf(new ManifestSet("production", ManifestReader.Parse(yaml, "base.yaml")));
}
