using System.Text;
using System.Text.Json.Nodes;
using Verification.Stack.Images.Registries;
using Xunit;

namespace Verification.Tests.Unit.Images.Registries;

/// <summary>What cosign finds beside an image, on a real registry.</summary>
public sealed class CosignAttestationsTests
{
    private const string Envelope = "application/vnd.dsse.envelope.v1+json";
    private const string Predicate = "https://in-toto.io/attestation/test-result/v0.1";
    private static readonly string Subject = OciDescriptor.DigestOf("an image"u8);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_is_a_layer_of_the_image_whose_tag_names_the_digest()
    {
        await using var registry = await DockerRegistry.StartAsync();
        using var client = await RegistryClient.ConnectAsync(registry.Host, Ended);

        await AddAsync(client, "first");

        var manifest = await TaggedAsync(registry);
        Assert.Equal("application/vnd.oci.image.manifest.v1+json", (string?)manifest["mediaType"]);
        Assert.Equal("application/vnd.oci.image.config.v1+json", (string?)manifest["config"]!["mediaType"]);
        var layer = Assert.Single(manifest["layers"]!.AsArray())!;
        Assert.Equal(Envelope, (string?)layer["mediaType"]);
        Assert.Equal(
            ("", Predicate),
            ((string?)layer["annotations"]!["dev.cosignproject.cosign/signature"], (string?)layer["annotations"]!["predicateType"])
        );
        Assert.Equal("first", Encoding.UTF8.GetString(await client.BlobAsync("server", (string)layer["digest"]!, Ended)));
        var configuration = JsonNode.Parse(await client.BlobAsync("server", (string)manifest["config"]!["digest"]!, Ended))!;
        Assert.Equal([(string?)layer["digest"]], configuration["rootfs"]!["diff_ids"]!.AsArray().Select(each => (string?)each));
        Assert.Empty(await client.TagsAsync("server", Ended));
    }

    [Fact]
    public async Task A_further_statement_is_added_and_the_same_one_is_not()
    {
        await using var registry = await DockerRegistry.StartAsync();
        using var client = await RegistryClient.ConnectAsync(registry.Host, Ended);

        foreach (var statement in new[] { "first", "second", "first" })
            await AddAsync(client, statement);

        var layers = (await TaggedAsync(registry))["layers"]!.AsArray();
        Assert.Equal(
            ["first", "second"],
            await Task.WhenAll(
                layers.Select(async layer => Encoding.UTF8.GetString(await client.BlobAsync("server", (string)layer!["digest"]!, Ended)))
            )
        );
    }

    private static Task AddAsync(RegistryClient client, string statement) =>
        new CosignAttestations(client).AddAsync("server", Subject, Envelope, Encoding.UTF8.GetBytes(statement), Predicate, Ended);

    /// <summary>As another tool asks for it.</summary>
    private static async Task<JsonNode> TaggedAsync(DockerRegistry registry)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"http://{registry.Host}/v2/server/manifests/{Subject.Replace(':', '-')}.att"
        );
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        using var answer = await http.SendAsync(request, Ended);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ended))!;
    }
}
