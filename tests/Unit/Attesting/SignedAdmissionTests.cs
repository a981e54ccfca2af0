using Verification.Gate.Admission;
using Verification.Gate.Attesting;
using Verification.Gate.Progress;
using Verification.Gate.Publishing;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack.Images.Contents;
using Verification.Stack.Images.Registries;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Images.Registries;
using Xunit;

namespace Verification.Tests.Unit.Attesting;

/// <summary><c>verify admit --key</c>, by a folder with this machine's engine, and by a real registry.</summary>
public sealed class SignedAdmissionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Keys keys;

    public SignedAdmissionTests() => keys = new Keys(folder);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        keys.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task What_lies_beside_an_image_is_admitted_only_as_the_key_has_signed_it()
    {
        await using var registry = await DockerRegistry.StartAsync();
        var (ours, theirs) = (keys.Make("ours"), keys.Make("theirs"));
        var run = SignedRun.Make(folder, ours.Key);
        var published = Published(registry.Host, 'a');
        RunDocuments.Write(run.Folder, new Publication(registry.Host, published));
        Attestation.Write(run.Judged, ours.Key);
        var deployed = Path.Combine(folder.Path, "images.yaml");
        ImagesFile.Write(deployed, run.Folder.Id, published);
        using var client = await RegistryClient.ConnectAsync(registry.Host, Ended);

        var unpublished = await AdmitAsync(run, deployed, ours.PublicFile);
        await AttachAsync(client, published, RunArtifact.Pack(run.Judged));
        var good = await AdmitAsync(run, deployed, ours.PublicFile);
        var other = await AdmitAsync(run, deployed, theirs.PublicFile);

        Assert.Equal(ExitCodes.Unknown, unpublished.Code);
        Assert.Equal(
            (ExitCodes.Pass, true),
            (good.Code, good.Said.Contains($"signed by {ours.Key.Public.Fingerprint}", StringComparison.Ordinal))
        );
        Assert.Equal((ExitCodes.Fail, true), (other.Code, other.Said.Contains("it is signed by another key", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_put_beside_an_image_unsigned_or_changed_is_refused()
    {
        await using var registry = await DockerRegistry.StartAsync();
        var (key, _, publicFile) = keys.Make("ours");
        var run = SignedRun.Make(folder, key);
        using var client = await RegistryClient.ConnectAsync(registry.Host, Ended);

        // The list of what was published is somebody else's, and the signature that of the verdict.
        var changed = await RefusedAsync('b', File.ReadAllBytes(run.Folder.Attestation));
        var unsigned = await RefusedAsync('c', null);

        Assert.Contains("its publication.json is not the one that was signed", changed, StringComparison.Ordinal);
        Assert.Contains("it is not signed", unsigned, StringComparison.Ordinal);

        async Task<string> RefusedAsync(char digit, byte[]? attestation)
        {
            var published = Published(registry.Host, digit);
            RunDocuments.Write(run.Folder, new Publication(registry.Host, published));
            if (attestation is null)
                File.Delete(run.Folder.Attestation);
            var deployed = Path.Combine(folder.Path, "images.yaml");
            ImagesFile.Write(deployed, run.Folder.Id, published);
            await AttachAsync(client, published, RunArtifact.Pack(run.Judged));
            Assert.Equal(ExitCodes.Pass, (await AdmitAsync(run, deployed, key: null)).Code);
            var (code, said) = await AdmitAsync(run, deployed, publicFile);
            Assert.Equal(ExitCodes.Fail, code);
            return said;
        }
    }

    /// <summary>What somebody has copied beside an image says nothing of it.</summary>
    [Fact]
    public async Task A_verdict_and_a_bill_of_another_image_admit_nothing()
    {
        await using var registry = await DockerRegistry.StartAsync();
        var (key, _, publicFile) = keys.Make("ours");
        var run = SignedRun.Make(folder, key);
        var (published, others) = (Published(registry.Host, 'd'), Published(registry.Host, 'e'));
        RunDocuments.Write(run.Folder, new Publication(registry.Host, published));
        Attestation.Write(run.Judged, key);
        using var client = await RegistryClient.ConnectAsync(registry.Host, Ended);
        await AttachAsync(client, others, RunArtifact.Pack(run.Judged));
        await AttachAsync(client, published, RunArtifact.Pack(run.Judged));

        var verdict = await AdmitAsync(run, Deployed(run, others), publicFile);
        var good = await AdmitAsync(run, Deployed(run, published), publicFile);
        await AttachBillAsync(client, beside: published[0], of: others[0]);
        var bill = await AdmitAsync(run, Deployed(run, published), publicFile);

        Assert.Equal(
            (ExitCodes.Fail, true),
            (verdict.Code, verdict.Said.Contains("server: it verified 111111111111, here is eeeeeeeeeeee", StringComparison.Ordinal))
        );
        Assert.True(good.Code == ExitCodes.Pass, good.Said);
        Assert.Equal(
            (ExitCodes.Fail, true),
            (bill.Code, bill.Said.Contains("it is of another image, sha256:eeee", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_stored_run_is_admitted_only_as_the_key_has_signed_it()
    {
        await using var engine = await TestImages.ConnectAsync();
        var (ours, theirs) = (keys.Make("ours"), keys.Make("theirs"));
        var components = new[] { await engine.MakeAsync("server"), await engine.MakeAsync("dashboard") };
        var run = SignedRun.Make(folder, ours.Key, components);
        var images = components.ToDictionary(component => component.Role, component => component.Image);

        var good = await AdmitAsync(run, deployed: null, ours.PublicFile, images);
        var other = await AdmitAsync(run, deployed: null, theirs.PublicFile, images);
        File.AppendAllText(run.Folder.Evidence, "\n");
        var changed = await AdmitAsync(run, deployed: null, ours.PublicFile, images);
        File.Delete(run.Folder.Attestation);
        var unsigned = await AdmitAsync(run, deployed: null, ours.PublicFile, images);

        Assert.True(good.Code == ExitCodes.Pass, good.Said);
        Assert.Equal((ExitCodes.Fail, true), (other.Code, other.Said.Contains("it is signed by another key", StringComparison.Ordinal)));
        Assert.Equal(
            (ExitCodes.Fail, true),
            (changed.Code, changed.Said.Contains("its evidence.jsonl is not the one that was signed", StringComparison.Ordinal))
        );
        Assert.Equal((ExitCodes.Fail, true), (unsigned.Code, unsigned.Said.Contains("it is not signed", StringComparison.Ordinal)));
    }

    private static PublishedImage[] Published(string registry, char digit) =>
        [
            new("server", SignedRun.Component("server", '1').Digest, $"{registry}/server@sha256:{new string(digit, 64)}"),
            new("dashboard", SignedRun.Component("dashboard", '2').Digest, $"{registry}/dashboard@sha256:{new string(digit, 64)}"),
        ];

    private static async Task AttachAsync(
        RegistryClient client,
        IReadOnlyList<PublishedImage> published,
        IReadOnlyList<(string, string, byte[])> files
    )
    {
        foreach (var image in published.Select(each => ImageName.Parse(each.Image)))
        {
            var manifest = new OciDescriptor(OciManifest.ManifestType, image.Digest!, 2);
            await client.AttachAsync(image.Repository, manifest, RunArtifact.Type, files, Ended);
        }

        foreach (var image in published)
            await AttachBillAsync(client, image, image);
    }

    private static Task AttachBillAsync(RegistryClient client, PublishedImage beside, PublishedImage of)
    {
        var image = ImageName.Parse(beside.Image);
        return client.AttachAsync(
            image.Repository,
            new OciDescriptor(OciManifest.ManifestType, image.Digest!, 2),
            BillOfMaterial.Type,
            [(BillOfMaterial.FileName, BillOfMaterial.Type, BillOfMaterial.Of(ImageName.Parse(of.Image), new ImageContents([])))],
            Ended
        );
    }

    /// <summary>A file that names images as they are deployed.</summary>
    private string Deployed(SignedRun run, IReadOnlyList<PublishedImage> images)
    {
        var file = Path.Combine(folder.Path, "images.yaml");
        ImagesFile.Write(file, run.Folder.Id, images);
        return file;
    }

    private static async Task<(int Code, string Said)> AdmitAsync(
        SignedRun run,
        string? deployed,
        string? key,
        IReadOnlyDictionary<string, string>? images = null
    )
    {
        using var heard = new StringWriter();
        var options = new AdmissionOptions(
            null,
            run.Root.Runs,
            run.Root.Gates,
            run.Root.Sut,
            images ?? new Dictionary<string, string>(),
            "local",
            TimeSpan.FromHours(24)
        )
        {
            Deployed = deployed,
            Key = key,
        };
        var code = await new AdmissionRun(
            run.Root,
            new ProgressLines(Consoles.Of(heard, redirected: true), TimeProvider.System),
            TimeProvider.System
        ).RunAsync(options, Ended);
        return (code, heard.ToString().ReplaceLineEndings(" "));
    }
}
