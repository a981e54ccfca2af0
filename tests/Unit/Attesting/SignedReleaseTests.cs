using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;
using Verification.Gate.Attesting;
using Verification.Gate.Commands;
using Verification.Objectives;
using Verification.Stack.Images;
using Verification.Stack.Images.Registries;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Images.Registries;
using Xunit;

namespace Verification.Tests.Unit.Attesting;

/// <summary>The way of a signed PASS by the commands of the program, with this machine's engine and a registry: published, found beside
/// the image by who has never heard of the program, admitted, and in the history.</summary>
[Collection(nameof(WholeProcess))]
public sealed class SignedReleaseTests : IDisposable
{
    private const string Cosign = "cosign";
    private readonly TemporaryFolder folder = new();
    private readonly Keys keys;

    public SignedReleaseTests() => keys = new Keys(folder);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        keys.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_signed_PASS_is_published_verified_admitted_and_in_the_history()
    {
        await using var engine = await TestImages.ConnectAsync();
        await using var registry = await DockerRegistry.StartAsync();
        var (ours, theirs) = (keys.Make("ours"), keys.Make("theirs"));
        var run = SignedRun.Make(folder, ours.Key, [await engine.MakeAsync("server"), await engine.MakeAsync("dashboard")]);
        folder.File("project/Verification.sln", "");
        folder.File("project/environments/production/values.yaml", "");
        var deployed = Path.Combine(run.Root.Path, "environments", "production", "images.yaml");
        string[] publish = ["publish", run.Folder.Id, "--registry", $"{registry.Host}/team", "--environment", "production"];
        string[] admit = ["admit", "--deployed", deployed, "--require", "pr", "--key"];

        var forged = await VerifyAsync(run, publish, theirs.PrivateFile);
        var published = await VerifyAsync(run, publish, ours.PrivateFile);
        var admitted = await VerifyAsync(run, [.. admit, ours.PublicFile]);
        var refused = await VerifyAsync(run, [.. admit, theirs.PublicFile]);
        var history = await VerifyAsync(run, ["history", "--registry", $"{registry.Host}/team"]);

        Assert.True(forged.Code == ExitCodes.Fail, forged.Said);
        Assert.True(published.Code == ExitCodes.Pass, published.Said);
        Assert.True(admitted.Code == ExitCodes.Pass, admitted.Said);
        Assert.Contains($"signed by {ours.Key.Public.Fingerprint}", admitted.Said, StringComparison.Ordinal);
        Assert.Equal(
            (ExitCodes.Fail, true),
            (refused.Code, refused.Said.Contains("it is signed by another key", StringComparison.Ordinal))
        );
        Assert.True(history.Code == ExitCodes.Pass, history.Said);
        Assert.Contains("queue.kept", history.Said, StringComparison.Ordinal);
        foreach (var image in ImagesOf(deployed))
            await VerifiesAsync(image, ours, theirs);
    }

    /// <summary>The images of a file, as <c>./verify publish</c> writes it.</summary>
    private static IReadOnlyList<ImageName> ImagesOf(string deployed) =>
        [
            .. File.ReadLines(deployed)
                .Where(line => line.Contains('@', StringComparison.Ordinal))
                .Select(line => ImageName.Parse(line.Split(": ")[1].Trim('"', ' '))),
        ];

    /// <summary>What lies under cosign's tag is signed by this key, and by no other: cosign says so where this machine has it, else the
    /// signature itself.</summary>
    private static async Task VerifiesAsync(
        ImageName image,
        (SigningKey Key, string PrivateFile, string PublicFile) ours,
        (SigningKey Key, string PrivateFile, string PublicFile) theirs
    )
    {
        if (ProgramPlaces.Of(Cosign) is [var cosign, ..])
        {
            Assert.Equal(0, await AttestedAsync(cosign, image, ours.PublicFile));
            Assert.NotEqual(0, await AttestedAsync(cosign, image, theirs.PublicFile));
            return;
        }

        using var registry = await RegistryClient.ConnectAsync(image.Registry!, Ended);
        var tag = $"{image.Digest!.Replace(':', '-')}.att";
        var layer = Assert.Single((await registry.ManifestAsync(image.Repository, tag, Ended))!.Value.Manifest.Layers!);
        var envelope = Envelope.Parse(await registry.BlobAsync(image.Repository, layer.Digest, Ended));
        Assert.True(envelope.IsSignedBy(ours.Key.Public));
        Assert.False(envelope.IsSignedBy(theirs.Key.Public));
        Assert.Contains(
            image.Digest["sha256:".Length..],
            JsonNode.Parse(envelope.Payload)!["subject"]!.AsArray().Select(subject => (string?)subject!["digest"]!["sha256"])
        );
    }

    private static async Task<int> AttestedAsync(string cosign, ImageName image, string key) =>
        (
            await Cli.Wrap(cosign)
                .WithArguments([
                    "verify-attestation",
                    "--key",
                    key,
                    "--insecure-ignore-tlog=true",
                    "--allow-http-registry=true",
                    "--type",
                    TestResultStatement.PredicateType,
                    $"{image}",
                ])
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(Ended)
        ).ExitCode;

    private static async Task<(int Code, string Said)> VerifyAsync(SignedRun run, IReadOnlyList<string> arguments, string? key = null)
    {
        using var root = new SetVariable("VERIFY_ROOT", run.Root.Path);
        using var signing = new SetVariable("VERIFY_SIGNING_KEY", key ?? string.Empty);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await new CommandLine(output, errors, TimeProvider.System).RunAsync(arguments);
        return (code, $"{output} {errors}".ReplaceLineEndings(" "));
    }
}
