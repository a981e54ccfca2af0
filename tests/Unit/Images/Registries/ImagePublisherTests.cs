using System.Formats.Tar;
using System.Text;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Images.Publishing;
using Verification.Stack.Images.Registries;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Images.Registries;

/// <summary>With this machine's engine and a real registry.</summary>
public sealed class ImagePublisherTests : IAsyncLifetime
{
    private readonly List<string> made = [];
    private DockerEngine engine = null!;
    private EngineImages images = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        try
        {
            engine = await DockerEngine.ConnectAsync(Ended);
        }
        catch (EngineMissingException e)
        {
            Lack.Of(e.Message);
        }

        Assert.SkipUnless(
            engine.Endpoint.Address.Scheme == "unix",
            $"the engine at {engine.Endpoint.Address} has another loopback than this test"
        );
        images = new EngineImages(engine);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in made)
            await images.UntagAsync(image, CancellationToken.None);
        engine?.Dispose();
    }

    [Fact]
    public async Task What_was_verified_is_published_whatever_its_name_means_by_now()
    {
        await using var registry = await DockerRegistry.StartAsync();
        using var client = await RegistryClient.ConnectAsync(registry.Host, Ended);
        var name = Name($"verification/test-{Guid.NewGuid():n}:1");
        var verified = await MakeAsync(name, "verified");
        Name(verified);
        var later = await MakeAsync(name, "made later");

        var (_, manifest) = await new ImagePublisher(engine, client).PublishAsync(
            new ComponentRecord("server", name, verified, "1", "here"),
            ImageName.Parse(Name($"{registry.Host}/team/server:run")),
            Ended
        );

        Assert.NotEqual(verified, later);
        var kept = (await client.ManifestAsync("team/server", manifest.Digest, Ended))!.Value.Manifest;
        Assert.Equal(verified, kept.Config!.Digest);
        Assert.Equal(["run"], await client.TagsAsync("team/server", Ended));
    }

    [Fact]
    public async Task The_name_that_a_registry_knows_it_by_does_not_stay_on_the_engine()
    {
        await using var registry = await DockerRegistry.StartAsync();
        using var client = await RegistryClient.ConnectAsync(registry.Host, Ended);
        var name = Name($"verification/test-{Guid.NewGuid():n}:1");
        var verified = await MakeAsync(name, "verified");
        var target = ImageName.Parse(Name($"{registry.Host}/team/server:run"));

        await new ImagePublisher(engine, client).PublishAsync(new ComponentRecord("server", name, verified, "1", "here"), target, Ended);

        Assert.Null(await images.FindAsync(target.OnEngine, Ended));
        Assert.Equal(verified, (await images.FindAsync(name, Ended))?.ID);
    }

    [Fact]
    public async Task One_that_is_gone_and_a_registry_that_takes_nothing_are_told()
    {
        await using var registry = await DockerRegistry.StartAsync(new DockerRegistryOptions(ReadOnly: true));
        using var client = await RegistryClient.ConnectAsync(registry.Host, Ended);
        var name = Name($"verification/test-{Guid.NewGuid():n}:1");
        var there = new ComponentRecord("server", name, await MakeAsync(name, "there"), "1", "here");
        var publisher = new ImagePublisher(engine, client);
        var target = ImageName.Parse(Name($"{registry.Host}/server:run"));

        var gone = await Assert.ThrowsAsync<ImageException>(() =>
            publisher.PublishAsync(there with { Digest = $"sha256:{new string('0', 64)}" }, target, Ended)
        );
        var refused = await Assert.ThrowsAsync<RegistryException>(() => publisher.PublishAsync(there, target, Ended));

        Assert.Contains("which was verified as " + name, gone.Message);
        Assert.StartsWith($"registry {registry.Host} did not take {target}: ", refused.Message);
    }

    private string Name(string image)
    {
        made.Add(image);
        return image;
    }

    /// <returns>The id of an image of one file.</returns>
    private async Task<string> MakeAsync(string image, string text)
    {
        await images.ImportAsync(
            image,
            "test",
            async (stream, cancellationToken) =>
            {
                await using var tar = new TarWriter(stream, leaveOpen: true);
                await tar.WriteEntryAsync(
                    new PaxTarEntry(TarEntryType.RegularFile, "text") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) },
                    cancellationToken
                );
            },
            Ended
        );
        return (await images.FindAsync(image, Ended))!.ID;
    }
}
