using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Verification.Cluster.Programs;
using Verification.Gate.Attesting;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Attesting;

/// <summary>A verdict that is signed holds, with all that it rests on, or it is said what was changed.</summary>
public sealed class AttestationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Keys keys;

    public AttestationTests() => keys = new Keys(folder);

    public void Dispose()
    {
        keys.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void What_was_signed_holds()
    {
        var (key, _, _) = keys.Make("ours");
        var run = SignedRun.Make(folder, key);

        Assert.Empty(Attestation.Differences(run.Folder, key.Public));
    }

    [Fact]
    public void Whatever_is_changed_afterwards_is_named()
    {
        var (key, _, _) = keys.Make("ours");
        var run = SignedRun.Make(folder, key);

        Assert.Equal(["its run.json is not the one that was signed"], Changed(run.Folder.Record));
        Assert.Equal(["its verdict.json is not the one that was signed"], Changed(run.Folder.Verdict));
        Assert.Equal(["its evidence.jsonl is not the one that was signed"], Changed(run.Folder.Evidence));
        RunDocuments.Write(
            run.Folder,
            new Publication("r", [new PublishedImage("server", $"sha256:{new string('1', 64)}", $"r/server@sha256:{new string('5', 64)}")])
        );
        Assert.Equal(["its publication.json is not the one that was signed"], Attestation.Differences(run.Folder, key.Public));
        Assert.Empty(Attestation.DifferencesOfVerdict(run.Folder, key.Public));
        Attestation.Write(run.Judged, key);
        Assert.Empty(Attestation.Differences(run.Folder, key.Public));

        IReadOnlyList<string> Changed(string file)
        {
            var before = File.ReadAllText(file);
            File.WriteAllText(file, $"{before} ");
            var differences = Attestation.Differences(run.Folder, key.Public);
            File.WriteAllText(file, before);
            return differences;
        }
    }

    [Fact]
    public void A_statement_that_is_changed_and_one_of_another_key_are_none()
    {
        var (ours, theirs) = (keys.Make("ours").Key, keys.Make("theirs").Key);
        var run = SignedRun.Make(folder, theirs);
        var envelope = JsonNode.Parse(File.ReadAllBytes(run.Folder.Attestation))!;

        Assert.Equal(
            [$"it is signed by another key ({theirs.Public.Fingerprint}) than the one that is wanted ({ours.Public.Fingerprint})"],
            Attestation.Differences(run.Folder, ours.Public)
        );
        // Who is said to have signed it counts for nothing.
        envelope["signatures"]![0]!["keyid"] = ours.Public.Fingerprint;
        File.WriteAllText(run.Folder.Attestation, envelope.ToJsonString());
        Assert.Equal(["its verdict.intoto.json was changed after it was signed"], Attestation.Differences(run.Folder, ours.Public));
        envelope["payload"] = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(
                Encoding
                    .UTF8.GetString(Convert.FromBase64String(envelope["payload"]!.GetValue<string>()))
                    .Replace("PASSED", "FAILED", StringComparison.Ordinal)
            )
        );
        File.WriteAllText(run.Folder.Attestation, envelope.ToJsonString());
        Assert.NotEmpty(Attestation.Differences(run.Folder, theirs.Public));
        File.WriteAllText(run.Folder.Attestation, "{}");
        Assert.StartsWith("its verdict.intoto.json can't be read: ", Assert.Single(Attestation.Differences(run.Folder, ours.Public)));
        File.Delete(run.Folder.Attestation);
        Assert.Equal(["it is not signed"], Attestation.Differences(run.Folder, ours.Public));
    }

    [Fact]
    public void A_signed_payload_of_another_kind_is_no_verdict()
    {
        var (key, _, _) = keys.Make("ours");
        var run = SignedRun.Make(folder, key);
        var statement = Encoding.UTF8.GetString(TestResultStatement.Of(run.Judged));
        void Signed(string type, string payload) =>
            File.WriteAllBytes(run.Folder.Attestation, Envelope.Sign(type, Encoding.UTF8.GetBytes(payload), key).ToBytes());

        foreach (
            var (type, payload) in new[]
            {
                ("text/plain", statement),
                (TestResultStatement.MediaType, "[]"),
                (TestResultStatement.MediaType, statement.Replace("test-result", "release", StringComparison.Ordinal)),
            }
        )
        {
            Signed(type, payload);
            Assert.Equal(["its verdict.intoto.json is no test result"], Attestation.Differences(run.Folder, key.Public));
        }
    }

    [Fact]
    public void The_attestation_of_another_run_is_none_of_this_one()
    {
        var (key, _, _) = keys.Make("ours");
        using var elsewhere = new TemporaryFolder();
        var other = SignedRun.Make(elsewhere, key, [SignedRun.Component("server", '8'), SignedRun.Component("dashboard", '9')]);
        var run = SignedRun.Make(folder, key: null);
        File.Copy(other.Folder.Attestation, run.Folder.Attestation);

        Assert.Contains("its run.json is not the one that was signed", Attestation.Differences(run.Folder, key.Public));
    }

    [Fact]
    public void The_statement_names_the_images_that_were_verified_and_all_that_the_verdict_rests_on()
    {
        var (key, _, _) = keys.Make("ours");
        var run = SignedRun.Make(folder, key);
        RunDocuments.Write(
            run.Folder,
            new Publication(
                "r",
                [new PublishedImage("server", $"sha256:{new string('1', 64)}", $"r:5/server@sha256:{new string('5', 64)}")]
            )
        );

        using var statement = JsonDocument.Parse(TestResultStatement.Of(run.Judged));

        string Digest(JsonElement resource) => resource.GetProperty("digest").EnumerateObject().Single().Value.GetString()!;
        Assert.Equal(
            [("server", new string('1', 64)), ("dashboard", new string('2', 64)), ("r:5/server", new string('5', 64))],
            statement
                .RootElement.GetProperty("subject")
                .EnumerateArray()
                .Select(each => (each.GetProperty("name").GetString()!, Digest(each)))
        );
        Assert.Equal(
            ["config/", "gates.yaml", "commit", "run.json", "verdict.json", "evidence.jsonl", "publication.json"],
            statement
                .RootElement.GetProperty("predicate")
                .GetProperty("configuration")
                .EnumerateArray()
                .Select(each => each.GetProperty("name").GetString())
        );
        Assert.Equal(
            run.Judged.Verdict.DecidedAt.ToUnixTimeSeconds(),
            statement
                .RootElement.GetProperty("predicate")
                .GetProperty("configuration")
                .EnumerateArray()
                .Single(each => each.GetProperty("name").GetString() == "verdict.json")
                .GetProperty("annotations")
                .GetProperty("decidedAt")
                .GetDateTimeOffset()
                .ToUnixTimeSeconds()
        );
        Assert.Equal("https://in-toto.io/Statement/v1", statement.RootElement.GetProperty("_type").GetString());
        Assert.Equal("https://in-toto.io/attestation/test-result/v0.1", statement.RootElement.GetProperty("predicateType").GetString());
    }

    /// <summary>As any other tool would: the envelope taken apart, the signed bytes put together by its specification.</summary>
    [Fact]
    public async Task Openssl_verifies_the_signature_and_no_other_bytes()
    {
        var (key, _, publicFile) = keys.Make("ours");
        var run = SignedRun.Make(folder, key);
        using var envelope = JsonDocument.Parse(
            await File.ReadAllBytesAsync(run.Folder.Attestation, TestContext.Current.CancellationToken)
        );
        var (type, payload) = (
            envelope.RootElement.GetProperty("payloadType").GetString()!,
            envelope.RootElement.GetProperty("payload").GetBytesFromBase64()
        );
        var signature = Path.Combine(folder.Path, "signature");
        await File.WriteAllBytesAsync(
            signature,
            envelope.RootElement.GetProperty("signatures")[0].GetProperty("sig").GetBytesFromBase64(),
            TestContext.Current.CancellationToken
        );

        Assert.Equal("application/vnd.in-toto+json", type);
        Assert.Equal(
            "Verified OK",
            await SaidAsync([.. Encoding.UTF8.GetBytes($"DSSEv1 28 application/vnd.in-toto+json {payload.Length} "), .. payload])
        );
        Assert.Equal("Verification failure", await SaidAsync(payload));

        async Task<string> SaidAsync(byte[] signed)
        {
            var file = Path.Combine(folder.Path, "signed");
            await File.WriteAllBytesAsync(file, signed, TestContext.Current.CancellationToken);
            return await OpensslAsync("dgst", "-sha256", "-verify", publicFile, "-signature", signature, file);
        }
    }

    [Theory]
    [InlineData(0, "PASSED")]
    [InlineData(1, "FAILED")]
    public void A_gate_signs_what_it_has_decided_of_a_whole_release(int lost, string result)
    {
        var (key, _, _) = keys.Make("ours");
        var run = SignedRun.Make(folder, key: null, lost: lost);
        using var heard = new StringWriter();

        Publish(run, run.Judged.Verdict, key, heard);

        Assert.Empty(Attestation.Differences(run.Folder, key.Public));
        Assert.Contains(
            $"\"result\":\"{result}\"",
            Encoding.UTF8.GetString(Envelope.Parse(File.ReadAllBytes(run.Folder.Attestation)).Payload),
            StringComparison.Ordinal
        );
        Assert.Contains($"signed by {key.Public.Fingerprint}", heard.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unknown_or_a_part_is_not_signed()
    {
        var (key, _, _) = keys.Make("ours");
        var run = SignedRun.Make(folder, key: null);
        using var heard = new StringWriter();

        Publish(run, run.Judged.Verdict with { Verdict = Verdict.Unknown }, key, heard);
        Publish(run, run.Judged.Verdict with { IsReleaseVerdict = false }, key, heard);

        Assert.False(File.Exists(run.Folder.Attestation));
    }

    private static void Publish(SignedRun run, ReleaseVerdict verdict, SigningKey key, StringWriter heard) =>
        Reports.Publish(
            new StoredRun(run.Folder, run.Judged.Record, verdict, []),
            key,
            copyTo: null,
            new ProgressLines(Consoles.Of(heard, redirected: true), TimeProvider.System)
        );

    private static async Task<string> OpensslAsync(params IReadOnlyList<string> arguments)
    {
        var openssl = await FindOpensslAsync();
        using var process = Process.Start(
            new ProcessStartInfo(openssl.Path, [.. openssl.Before, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said.Trim();
    }

    private static async Task<Tool> FindOpensslAsync()
    {
        try
        {
            return await Tool.FindOrGetAsync("openssl", "openssl", TestContext.Current.CancellationToken);
        }
        catch (ToolMissingException e)
        {
            Lack.Of(e.Message);
            throw;
        }
    }
}
