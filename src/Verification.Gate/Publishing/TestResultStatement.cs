using System.Text.Json;
using System.Text.Json.Nodes;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Publishing;

/// <summary>A verdict as an in-toto statement with the predicate "test result" (https://github.com/in-toto/attestation, Statement v1). It is not signed.</summary>
internal static class TestResultStatement
{
    /// <summary>Media type of a statement.</summary>
    public const string MediaType = "application/vnd.in-toto+json";

    /// <summary>The statement of a run whose images are published: they are its subjects.</summary>
    public static byte[] Of(JudgedRun run)
    {
        var verdict = run.Verdict;
        var statement = new JsonObject
        {
            ["_type"] = "https://in-toto.dev/Statement/v1",
            ["subject"] = new JsonArray([.. run.Published.Select(image => Resource(image.Image.Split('@')[0], ImageName.Parse(image.Image).Digest!["sha256:".Length..]))]),
            ["predicateType"] = "https://in-toto.dev/attestation/test-result/v0.1",
            ["predicate"] = new JsonObject
            {
                ["result"] = verdict.Verdict == Verdict.Pass ? verdict.WaiversUsed.Count == 0 ? "PASSED" : "WARNED" : "FAILED",
                ["configuration"] = new JsonArray([Resource("gates.yaml", verdict.GatesSha256), Resource("config/", verdict.ConfigSha256)]),
                ["passedTests"] = Ids(verdict, objective => objective is { Counts: true, Verdict: Verdict.Pass }),
                ["warnedTests"] = Ids(verdict, objective => objective is { Counts: true, Verdict: not Verdict.Pass, Waiver: not null }),
                ["failedTests"] = Ids(verdict, objective => objective is { Counts: true, Verdict: not Verdict.Pass, Waiver: null }),
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(statement);
    }

    private static JsonNode Resource(string name, string sha256) => new JsonObject { ["name"] = name, ["digest"] = new JsonObject { ["sha256"] = sha256 } };

    private static JsonArray Ids(ReleaseVerdict verdict, Func<ObjectiveVerdict, bool> which) =>
        new([.. verdict.Objectives.Where(which).Select(objective => JsonValue.Create(objective.Objective.Id))]);
}
