using System.Text.Json.Nodes;
using Verification.Cluster.Manifests;
using Verification.Gate.Attesting;
using Verification.Tests.Unit.Attesting;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Publishing;

/// <summary>The policy for Kyverno asks for what a statement holds. No Kyverno is asked.</summary>
public sealed class KyvernoPolicyTests
{
    private const string File = "charts/admission/kyverno/require-verdict.yaml";

    [Fact]
    public void It_refuses_what_has_no_signed_verdict()
    {
        var rule = Assert.Single(Policy()["spec"]!["rules"]!.AsArray())!["verifyImages"]![0]!;

        Assert.Equal("Fail", (string?)Policy()["spec"]!["webhookConfiguration"]!["failurePolicy"]);
        Assert.Equal("Enforce", (string?)rule["failureAction"]);
        Assert.True((bool)rule["required"]!);
        Assert.True((bool)rule["verifyDigest"]!);
        Assert.Equal(TestResultStatement.PredicateType, (string?)rule["attestations"]![0]!["type"]);
        Assert.NotNull(rule["attestations"]![0]!["attestors"]![0]!["entries"]![0]!["keys"]!["publicKeys"]);
    }

    [Theory]
    [InlineData("PASSED", "release", "production", true)]
    [InlineData("WARNED", "release", "production", true)]
    [InlineData("FAILED", "release", "production", false)]
    [InlineData("PASSED", "nightly", "production", false)]
    [InlineData("PASSED", "release", "staging", false)]
    [InlineData("WARNED", "release", "local", false)]
    public void What_it_admits_is_a_verdict_of_release_for_the_environment_that_it_guards(
        string result,
        string profile,
        string environment,
        bool admitted
    )
    {
        using var folder = new TemporaryFolder();
        var predicate = JsonNode.Parse(TestResultStatement.Of(SignedRun.Make(folder, key: null).Judged))!["predicate"]!;
        Assert.NotNull(predicate["result"]);
        predicate["result"] = result;
        var annotations = Gates(predicate)["annotations"]!;
        Assert.Equal(["environment", "profile"], annotations.AsObject().Select(each => each.Key).Order(StringComparer.Ordinal));
        annotations["profile"] = profile;
        annotations["environment"] = environment;

        Assert.Equal(admitted, Conditions().All(condition => Holds(condition, predicate)));
    }

    private static List<JsonNode> Conditions() =>
        [
            .. Policy()["spec"]!["rules"]![0]!["verifyImages"]![0]!["attestations"]![0]!["conditions"]![0]!["all"]!
                .AsArray()
                .Select(each => each!),
        ];

    /// <summary>As Kyverno reads a condition, as far as this policy goes.</summary>
    private static bool Holds(JsonNode condition, JsonNode predicate)
    {
        const string Before = "{{ configuration[?name == 'gates.yaml'].annotations.";
        var key = (string)condition["key"]!;
        var value = key == "{{ result }}" ? predicate["result"] : Gates(predicate)["annotations"]![key[Before.Length..^" | [0] }}".Length]];
        Assert.True(key == "{{ result }}" || key.StartsWith(Before, StringComparison.Ordinal), key);
        return (string)condition["operator"]! switch
        {
            "AnyIn" => condition["value"]!.AsArray().Select(each => (string?)each).Contains((string?)value),
            "Equals" => (string?)condition["value"] == (string?)value,
            var other => throw new NotSupportedException(other),
        };
    }

    private static JsonNode Gates(JsonNode predicate) =>
        predicate["configuration"]!.AsArray().Single(each => (string?)each!["name"] == "gates.yaml")!;

    private static JsonNode Policy() =>
        Assert.Single(ManifestReader.Parse(System.IO.File.ReadAllText(Path.Combine(Files.Root, File)), File)).Root;
}
