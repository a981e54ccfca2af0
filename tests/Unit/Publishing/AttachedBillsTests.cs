using Verification.Gate.Publishing;
using Verification.Objectives;
using Verification.Stack.Images.Contents;
using Verification.Stack.Images.Registries;
using Verification.Tests.Unit.Images.Registries;
using Xunit;

namespace Verification.Tests.Unit.Publishing;

/// <summary>With a real registry.</summary>
public sealed class AttachedBillsTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_has_its_own_bill_beside_it_and_no_other()
    {
        await using var place = await DockerRegistry.StartAsync();
        using var registry = await RegistryClient.ConnectAsync(place.Host, Ended);
        var (image, manifest) = await ImageAsync(registry, place.Host);

        Assert.Equal([$"no bill of material lies beside {image}"], await AttachedBills.ProblemsOfAsync(image, Ended));

        var bill = await AttachAsync(registry, manifest, of: image);
        Assert.Empty(await AttachedBills.ProblemsOfAsync(image, Ended));
        Assert.Equal(BillOfMaterial.Type, (await registry.ManifestAsync("server", bill.Digest, Ended))!.Value.Manifest.ArtifactType);

        var other = ImageName.Parse($"{place.Host}/server@sha256:{new string('6', 64)}");
        await AttachAsync(registry, manifest, of: other);
        Assert.Equal(
            [$"the bill of material beside {image}: it is of another image, {other.Digest}"],
            await AttachedBills.ProblemsOfAsync(image, Ended)
        );
    }

    [Fact]
    public async Task What_bears_the_type_of_a_bill_and_holds_none_is_no_bill()
    {
        await using var place = await DockerRegistry.StartAsync();
        using var registry = await RegistryClient.ConnectAsync(place.Host, Ended);
        var (image, manifest) = await ImageAsync(registry, place.Host);

        await registry.AttachAsync("server", manifest, BillOfMaterial.Type, [], Ended);

        Assert.Equal([$"no bill of material lies beside {image}"], await AttachedBills.ProblemsOfAsync(image, Ended));
    }

    private static Task<OciDescriptor> AttachAsync(RegistryClient registry, OciDescriptor manifest, ImageName of) =>
        registry.AttachAsync(
            "server",
            manifest,
            BillOfMaterial.Type,
            [(BillOfMaterial.FileName, BillOfMaterial.Type, BillOfMaterial.Of(of, new ImageContents([])))],
            Ended
        );

    /// <summary>Anything that has a manifest: what a bill is about is not looked into.</summary>
    private static async Task<(ImageName Image, OciDescriptor Manifest)> ImageAsync(RegistryClient registry, string host)
    {
        var manifest = await registry.AttachAsync(
            "server",
            OciDescriptor.Of(OciManifest.ManifestType, [1]),
            "application/vnd.test",
            [("text", "text/plain", [1])],
            Ended
        );
        return (ImageName.Parse($"{host}/server@{manifest.Digest}"), manifest);
    }
}
