using Verification.Cluster.Admission;
using Verification.Cluster.Manifests;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>What a cluster that demands verdicts would refuse of a deployment.</summary>
public sealed class AdmittedPodsTests
{
    private const string Foreign = "quay.io/prometheus/mysqld-exporter@sha256:00";

    [Theory]
    [InlineData("server")]
    [InlineData("mysqld-exporter")]
    public void What_is_published_runs(string component) =>
        Assert.Empty(FaultsOf("staging", "sportbuff", RenderedEnvironment.ImageOf(component)));

    [Theory]
    [InlineData("Deployment", "containers")]
    [InlineData("StatefulSet", "initContainers")]
    [InlineData("Job", "containers")]
    public void What_nobody_publishes_is_named_wherever_it_runs(string kind, string containers) =>
        Assert.Equal(
            [
                $"staging, all: {kind}/x runs {Foreign}, which no publication records, so that an admission of the cluster refuses it; have it published (ComponentList.Deployed), or deploy it to another namespace",
            ],
            FaultsOf("staging", "sportbuff", Foreign, kind, containers)
        );

    [Fact]
    public void What_only_stands_for_something_is_not_published() =>
        Assert.Single(FaultsOf("production", "sportbuff", RenderedEnvironment.ImageOf("pushgateway")));

    [Theory]
    [InlineData("local", "sportbuff")]
    [InlineData("staging", "monitoring")]
    public void Where_no_verdict_is_asked_for_anything_runs(string environment, string space) =>
        Assert.Empty(FaultsOf(environment, space, Foreign));

    private static IReadOnlyList<string> FaultsOf(
        string environment,
        string space,
        string image,
        string kind = "Deployment",
        string containers = "containers"
    ) =>
        AdmittedPods.FaultsOf(
            new ManifestSet(
                environment,
                ManifestReader.Parse(
                    $"kind: {kind}\nmetadata: {{name: x, namespace: {space}}}\nspec: {{template: {{spec: {{{containers}: [{{name: a, image: \"{image}\"}}]}}}}}}\n",
                    "all"
                )
            )
        );
}
