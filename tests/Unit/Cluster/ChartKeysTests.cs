using System.Text.Json.Nodes;
using Verification.Cluster.Manifests;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>A value that a chart does not take is told by its path; what it hands on, or says in a comment, is let through.</summary>
public sealed class ChartKeysTests : IDisposable
{
    private readonly OwnFolder folder = new();

    public ChartKeysTests()
    {
        Directory.CreateDirectory(folder.In("charts/inner"));
        folder.Holding(
            "values.yaml",
            """
            primary:
              persistence: {enabled: true, size: 1Gi}
              ## storageClass: fast
              extraFlags: {}
              args: []
              resources: {limits: {}}
            other: {replicas: 1}
            """
        );
        folder.Holding("Chart.yaml", "dependencies: [{name: inner, alias: within}, {name: more}]\n");
        folder.Holding("charts/inner/values.yaml", "mode: plain\n");
        folder.Holding(
            "values.schema.json",
            """
            {
              "$ref": "#/definitions/values",
              "definitions": {
                "values": {"properties": {"primary": {"properties": {"secret": {"$ref": "#/definitions/secret"}}}}},
                "secret": {"properties": {"name": {"type": "string"}, "old": {"$ref": "#/definitions/secret"}}}
              }
            }
            """
        );
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{primary: {persistence: {size: 2Gi}}}", "")]
    [InlineData("{primary: {persistance: {size: 2Gi}}}", "primary.persistance")]
    [InlineData("{primary: {persistence: {siez: 2Gi}}}", "primary.persistence.siez")]
    [InlineData("{primary: {extraFlags: {whatever: {it: is}}}, other: {replicas: {as: map}}}", "")]
    [InlineData("{primary: {args: [--any], storageClass: slow}}", "")]
    [InlineData("{primary: {resources: {limits: {memory: 1Mi}, more: {}}}}", "")]
    [InlineData("{primary: {resuorces: {}}}", "primary.resuorces")]
    [InlineData("{primary: {secret: {name: a, old: {name: b}}}}", "")]
    [InlineData("{primary: {secret: {nmae: a}}}", "primary.secret.nmae")]
    [InlineData("{within: {mode: other}, global: {registry: r}}", "")]
    [InlineData("{within: {mod: other}, inner: {mode: other}}", "within.mod inner")]
    public void What_it_does_not_take_is_told(string values, string unknown) =>
        Assert.Equal(unknown, string.Join(' ', ChartKeys.Of(folder.Path).UnknownIn(ManifestReader.Parse(values, "values.yaml")[0].Root)));

    [Fact]
    public void A_chart_without_values_takes_any()
    {
        using var bare = new OwnFolder();

        Assert.Empty(ChartKeys.Of(bare.Path).UnknownIn(JsonNode.Parse("""{"any": {"key": 1}}""")));
    }
}
