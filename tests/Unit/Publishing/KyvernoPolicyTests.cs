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

    [Fact]
    public void What_it_compares_is_in_the_predicate_of_a_statement()
    {
        using var folder = new TemporaryFolder();
        var predicate = JsonNode.Parse(TestResultStatement.Of(SignedRun.Make(folder, key: null).Judged))!["predicate"]!;
        var conditions = Policy()["spec"]!["rules"]![0]!["verifyImages"]![0]!["attestations"]![0]!["conditions"]![0]!["all"]!.AsArray();

        Assert.Equal(
            ["{{ result }}", "{{ configuration[?name == 'gates.yaml'].annotations.profile | [0] }}"],
            conditions.Select(each => (string?)each!["key"])
        );
        Assert.Contains((string?)predicate["result"], conditions[0]!["value"]!.AsArray().Select(value => (string?)value));
        Assert.Equal(
            "pr",
            (string?)
                predicate["configuration"]!.AsArray().Single(each => (string?)each!["name"] == "gates.yaml")!["annotations"]!["profile"]
        );
    }

    private static JsonNode Policy() =>
        Assert.Single(ManifestReader.Parse(System.IO.File.ReadAllText(Path.Combine(Files.Root, File)), File)).Root;
}
