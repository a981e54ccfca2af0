using System.Text.Json;
using System.Text.Json.Nodes;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Attesting;

/// <summary><c>verdict.intoto.json</c>: the verdict of a run as a signed statement, which holds the digests of the files that the verdict
/// rests on.</summary>
internal static class Attestation
{
    /// <summary>Whether a run has a verdict that may be signed: PASS or FAIL of a whole release.</summary>
    public static bool IsDue(RunRecord record, ReleaseVerdict verdict) =>
        record.Mutant is null && verdict is { IsReleaseVerdict: true, Verdict: Verdict.Pass or Verdict.Fail };

    /// <summary>Signs the verdict of a run as its files are now.</summary>
    /// <exception cref="IOException">It can't be stored.</exception>
    public static void Write(JudgedRun run, SigningKey key) =>
        File.WriteAllBytes(
            run.Folder.Attestation,
            Envelope.Sign(TestResultStatement.MediaType, TestResultStatement.Of(run), key).ToBytes()
        );

    /// <summary>Why a run's verdict, and what it rests on, is not what a key has signed; nothing where it is.</summary>
    public static IReadOnlyList<string> DifferencesOfVerdict(RunFolder folder, VerifyingKey key) =>
        Differences(folder, key, TestResultStatement.FilesOf(folder));

    /// <summary>Likewise, with what the run has published.</summary>
    public static IReadOnlyList<string> Differences(RunFolder folder, VerifyingKey key) =>
        Differences(
            folder,
            key,
            [.. TestResultStatement.FilesOf(folder), .. File.Exists(folder.Publication) ? new[] { folder.Publication } : []]
        );

    private static IReadOnlyList<string> Differences(RunFolder folder, VerifyingKey key, IReadOnlyList<string> files)
    {
        if (!File.Exists(folder.Attestation))
            return ["it is not signed"];
        var name = Path.GetFileName(folder.Attestation);
        try
        {
            var envelope = Envelope.Parse(File.ReadAllBytes(folder.Attestation));
            if (!envelope.IsSignedBy(key))
                return [Unsigned(envelope, key, name)];
            if (
                envelope.PayloadType != TestResultStatement.MediaType
                || JsonNode.Parse(envelope.Payload) is not JsonObject statement
                || (string?)statement["_type"] != TestResultStatement.Type
                || (string?)statement["predicateType"] != TestResultStatement.PredicateType
            )
                return [$"its {name} is no test result"];
            var signed = DigestsOf(statement);
            return
            [
                .. files
                    .Where(file => signed.GetValueOrDefault(Path.GetFileName(file)) != ConfigDigest.OfFile(file))
                    .Select(file => $"its {Path.GetFileName(file)} is not the one that was signed"),
            ];
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return [$"its {name} can't be read: {Quotation.Of(e.Message)}"];
        }
    }

    private static string Unsigned(Envelope envelope, VerifyingKey key, string name) =>
        envelope.Signatures.FirstOrDefault(signature => signature.Keyid != key.Fingerprint) is { } other
            ? $"it is signed by another key ({other.Keyid}) than the one that is wanted ({key.Fingerprint})"
            : $"its {name} was changed after it was signed";

    /// <summary>The SHA-256 that a statement has of each part of its configuration.</summary>
    private static Dictionary<string, string?> DigestsOf(JsonObject statement) =>
        ((statement["predicate"]?["configuration"] as JsonArray) ?? [])
            .OfType<JsonObject>()
            .GroupBy(each => (string?)each["name"] ?? string.Empty)
            .ToDictionary(each => each.Key, each => (string?)each.First()["digest"]?["sha256"], StringComparer.Ordinal);
}
