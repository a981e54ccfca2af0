using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Attesting;

/// <summary>A verdict as an in-toto statement with the predicate "test result" (https://github.com/in-toto/attestation, Statement
/// v1).</summary>
internal static class TestResultStatement
{
    /// <summary>Media type of a statement.</summary>
    public const string MediaType = "application/vnd.in-toto+json";

    /// <summary>The type of every statement.</summary>
    public const string Type = "https://in-toto.io/Statement/v1";

    /// <summary>The type of its predicate.</summary>
    public const string PredicateType = "https://in-toto.io/attestation/test-result/v0.1";

    private const string DirtyCommit = "-dirty";

    /// <summary>RFC 3339, in UTC.</summary>
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The files of a run that its verdict rests on: a statement has the digest of each.</summary>
    public static IReadOnlyList<string> FilesOf(RunFolder folder) => [folder.Record, folder.Verdict, folder.Evidence];

    /// <summary>The statement of a judged run. Its subjects are the images that were verified, and those that were published of them; its
    /// configuration is all that the verdict rests on.</summary>
    /// <param name="run">The run, PASS or FAIL.</param>
    public static byte[] Of(JudgedRun run)
    {
        var verdict = run.Verdict;
        var statement = new JsonObject
        {
            ["_type"] = Type,
            ["subject"] = new JsonArray([.. Subjects(run)]),
            ["predicateType"] = PredicateType,
            ["predicate"] = new JsonObject
            {
                ["result"] =
                    verdict.Verdict == Verdict.Pass
                        ? verdict.WaiversUsed.Count == 0
                            ? "PASSED"
                            : "WARNED"
                        : "FAILED",
                ["configuration"] = new JsonArray([.. Configuration(run), .. Files(run)]),
                ["passedTests"] = Ids(verdict, objective => objective is { Counts: true, Verdict: Verdict.Pass }),
                ["warnedTests"] = Ids(verdict, objective => objective is { Counts: true, Verdict: not Verdict.Pass, Waiver: not null }),
                ["failedTests"] = Ids(verdict, objective => objective is { Counts: true, Verdict: not Verdict.Pass, Waiver: null }),
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(statement);
    }

    private static IEnumerable<JsonNode> Subjects(JudgedRun run) =>
        [
            .. run
                .Verdict.Components.Select(component => (component.Role, component.Digest))
                .Distinct()
                .Select(each => Resource(each.Role, Hexadecimal(each.Digest))),
            .. run.Published.Select(image => Resource(image.Image.Split('@')[0], Hexadecimal(ImageName.Parse(image.Image).Digest!))),
        ];

    private static IEnumerable<JsonNode> Configuration(JudgedRun run)
    {
        var verdict = run.Verdict;
        yield return Resource("config/", verdict.ConfigSha256);
        var gates = Resource("gates.yaml", verdict.GatesSha256);
        gates["annotations"] = new JsonObject { ["profile"] = verdict.Profile, ["environment"] = verdict.Environment };
        yield return gates;
        if (verdict.SafeSettingsSha256 is { } safe)
            yield return Resource("safe-settings.yaml", safe);
        if (verdict.Commit is { } commit)
        {
            yield return new JsonObject
            {
                ["name"] = "commit",
                ["digest"] = new JsonObject { ["gitCommit"] = commit.Replace(DirtyCommit, string.Empty, StringComparison.Ordinal) },
                ["annotations"] = new JsonObject { ["dirty"] = commit.EndsWith(DirtyCommit, StringComparison.Ordinal) },
            };
        }
    }

    /// <summary>With the time of the verdict, as the predicate has no place of its own for it.</summary>
    private static IEnumerable<JsonNode> Files(JudgedRun run)
    {
        foreach (var file in FilesOf(run.Folder).Append(run.Folder.Publication).Where(File.Exists))
        {
            var resource = Resource(Path.GetFileName(file), ConfigDigest.OfFile(file)!);
            if (file == run.Folder.Verdict)
                resource["annotations"] = new JsonObject
                {
                    ["decidedAt"] = run.Verdict.DecidedAt.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture),
                };
            yield return resource;
        }
    }

    private static string Hexadecimal(string digest) => digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static JsonNode Resource(string name, string sha256) =>
        new JsonObject
        {
            ["name"] = name,
            ["digest"] = new JsonObject { ["sha256"] = sha256 },
        };

    private static JsonArray Ids(ReleaseVerdict verdict, Func<ObjectiveVerdict, bool> which) =>
        new([.. verdict.Objectives.Where(which).Select(objective => JsonValue.Create(objective.Objective.Id))]);
}
