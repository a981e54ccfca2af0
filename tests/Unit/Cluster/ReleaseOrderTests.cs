using Verification.Cluster.Helmfiles;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class ReleaseOrderTests
{
    [Fact]
    public void A_need_that_is_no_release_is_named_with_its_line() =>
        Assert.Equal(
            ["helmfile.yaml(2): release a/x needs a/y, which is no release; there are a/x"],
            Faults("{name: x, namespace: a, chart: c, needs: [a/y]}")
        );

    [Fact]
    public void A_release_that_waits_for_itself_is_named() =>
        Assert.Equal(
            [
                "helmfile.yaml(2): release a/x waits for itself, by a/y; take one of the needs away",
                "helmfile.yaml(3): release a/y waits for itself, by a/x; take one of the needs away",
            ],
            Faults("{name: x, namespace: a, chart: c, needs: [a/y]}", "{name: y, namespace: a, chart: c, needs: [a/x]}")
        );

    [Fact]
    public void A_name_is_given_once() =>
        Assert.Equal(
            ["helmfile.yaml(3): release a/x is the second of this name; give it another"],
            Faults("{name: x, namespace: a, chart: c}", "{name: x, namespace: a, chart: d}")
        );

    [Fact]
    public void Releases_in_order_have_no_fault() =>
        Assert.Empty(Faults("{name: x, namespace: a, chart: c}", "{name: y, namespace: a, chart: c, needs: [a/x]}"));

    [Theory]
    [InlineData("", 1)]
    [InlineData(", needs: [a/store]", 1)]
    [InlineData(", needs: [a/store, a/schema]", 0)]
    public void A_service_waits_for_its_tables(string needs, int faults) =>
        Assert.Equal(
            Enumerable.Repeat(
                "helmfile.yaml(4): release a/server does not wait for its tables; let it need the release of ./charts/schema",
                faults
            ),
            Faults(
                "{name: store, namespace: a, chart: ./charts/datastores}",
                "{name: schema, namespace: a, chart: ./charts/schema, needs: [a/store]}",
                $"{{name: server, namespace: a, chart: ./charts/service{needs}}}"
            )
        );

    [Fact]
    public void A_release_without_a_chart_is_refused_at_its_place() =>
        Assert.Contains(
            "helmfile.yaml:2:5: this release has no chart",
            Assert.Throws<DocumentException>(() => Faults("{name: x, namespace: a}")).Message,
            StringComparison.Ordinal
        );

    private static IReadOnlyList<string> Faults(params string[] releases) =>
        ReleaseOrder.FaultsOf(
            HelmfileDocument.Parse($"releases:\n{string.Join('\n', releases.Select(release => $"  - {release}"))}\n", "helmfile.yaml")
        );
}
