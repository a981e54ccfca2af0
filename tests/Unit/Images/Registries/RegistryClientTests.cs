using System.Text;
using Verification.Stack.Images.Registries;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images.Registries;

/// <summary>Artifacts beside images, on a real registry.</summary>
public sealed class RegistryClientTests : IDisposable
{
    private const string Kind = "application/vnd.example.verdict";
    private const string Login = """{"auths": {"HOST": {"auth": "YW5hOnNlY3JldA=="} } }""";
    private static readonly OciDescriptor Subject = OciDescriptor.Of(OciManifest.ManifestType, "an image"u8);
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_attached_is_found_by_what_it_refers_to_and_by_its_kind()
    {
        await using var registry = await DockerRegistry.StartAsync();
        using var client = await ConnectAsync(registry);

        await AttachAsync(client, "first");
        await AttachAsync(client, "second");
        await AttachAsync(client, "second");
        await client.AttachAsync("server", Subject, "application/vnd.example.other", [("a", "text/plain", [1])], Ended);

        var found = await client.ReferrersAsync("server", Subject.Digest, Kind, Ended);
        Assert.Equal(
            ["first", "second"],
            await Task.WhenAll(
                found.Select(async each => Encoding.UTF8.GetString(await client.BlobAsync("server", each.Layers![0].Digest, Ended)))
            )
        );
        Assert.All(
            found,
            each => Assert.Equal((Subject, "verdict.json"), (each.Subject, each.Layers![0].Annotations![OciDescriptor.TitleAnnotation]))
        );
        Assert.Empty(await client.ReferrersAsync("server", OciDescriptor.DigestOf("another"u8), Kind, Ended));
        Assert.Empty(await client.ReferrersAsync("elsewhere", Subject.Digest, Kind, Ended));
        Assert.Empty(await client.TagsAsync("server", Ended));
    }

    [Fact]
    public async Task Behind_a_login_it_works_with_what_docker_login_left_and_without_says_how_to_log_in()
    {
        await using var registry = await DockerRegistry.StartAsync(new DockerRegistryOptions(Login: true));
        using var stranger = await ConnectAsync(registry);
        using var ana = await ConnectAsync(registry, Login.Replace("HOST", registry.Host, StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<RegistryException>(() => AttachAsync(stranger, "verdict"));
        await AttachAsync(ana, "verdict");

        Assert.Contains($"answered 401 (authentication required). Log in: docker login {registry.Host}", refused.Message);
        Assert.Single(await ana.ReferrersAsync("server", Subject.Digest, Kind, Ended));
    }

    [Fact]
    public async Task Over_TLS_only_an_authority_of_dockers_folder_is_trusted()
    {
        await using var registry = await DockerRegistry.StartAsync(new DockerRegistryOptions(Tls: true));
        using var client = await ConnectAsync(registry);
        await AttachAsync(client, "verdict");

        Assert.Single(await client.ReferrersAsync("server", Subject.Digest, Kind, Ended));
        // A client that trusts nobody finds plain HTTP there, and an answer that is no registry's.
        var stranger = await Assert.ThrowsAsync<RegistryException>(() => ConnectAsync(registry.Host, "{}", folder.Path));
        Assert.Contains($"no registry answers at {registry.Host}: The remote certificate is invalid", stranger.Message);
    }

    [Fact]
    public async Task One_that_takes_nothing_is_told()
    {
        await using var registry = await DockerRegistry.StartAsync(new DockerRegistryOptions(ReadOnly: true));
        using var client = await ConnectAsync(registry);

        var refused = await Assert.ThrowsAsync<RegistryException>(() => AttachAsync(client, "verdict"));

        Assert.Contains("answered 405", refused.Message);
        Assert.EndsWith("It takes nothing: use one that can be written.", refused.Message);
    }

    [Fact]
    public async Task One_that_is_not_there_is_told()
    {
        var nobody = await Assert.ThrowsAsync<RegistryException>(() => ConnectAsync("127.0.0.1:1", "{}", folder.Path));

        Assert.StartsWith("no registry answers at 127.0.0.1:1: Connection refused.", nobody.Message);
    }

    [Theory]
    [InlineData(
        """realm="https://auth.example/token",service="registry.example",scope="repository:server:pull,push" """,
        "https://auth.example/token registry.example repository:server:pull,push"
    )]
    [InlineData("""realm="https://auth.example/token" """, "https://auth.example/token  ")]
    public void A_challenge_is_read_with_the_commas_in_its_values(string challenge, string read)
    {
        var parameters = RegistryLogin.ParametersOf(challenge);

        Assert.Equal(read, $"{parameters["realm"]} {parameters.GetValueOrDefault("service")} {parameters.GetValueOrDefault("scope")}");
    }

    [Theory]
    [InlineData("""{"errors": [{"code": "DENIED", "message": "not yours"}, {"code": "X"}]}""", "not yours")]
    [InlineData("<html>\n502", "<html> 502")]
    public void Of_an_error_its_sentences_are_shown(string body, string sentence) => Assert.Equal(sentence, RegistryErrors.Of(body));

    private static Task AttachAsync(RegistryClient client, string verdict) =>
        client.AttachAsync("server", Subject, Kind, [("verdict.json", "application/json", Encoding.UTF8.GetBytes(verdict))], Ended);

    private Task<RegistryClient> ConnectAsync(DockerRegistry registry, string login = "{}") =>
        ConnectAsync(registry.Host, login, registry.Authorities);

    private Task<RegistryClient> ConnectAsync(string host, string login, string authorities) =>
        RegistryClient.ConnectAsync(
            host,
            new RegistryCredentials(folder.File("config.json", login), null, TimeSpan.FromSeconds(30)),
            authorities,
            Ended
        );
}
