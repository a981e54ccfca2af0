using System.Text;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Images.Registries;
using Verification.Stack.Images.Sources;
using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images.Registries;

/// <summary>With this machine's engine and a registry on loopback.</summary>
public sealed class RegistryTests : IAsyncLifetime
{
    private TemporaryFolder folder = null!;
    private readonly HashSet<string> pulled = [];
    private DockerEngine engine = null!;

    public async ValueTask InitializeAsync()
    {
        try
        {
            engine = await DockerEngine.ConnectAsync(TestContext.Current.CancellationToken);
        }
        catch (EngineMissingException e)
        {
            Lack.Of(e.Message);
        }

        Assert.SkipUnless(
            engine.Endpoint.Address.Scheme == "unix",
            $"the engine at {engine.Endpoint.Address} has another loopback than this test"
        );
        folder = new TemporaryFolder();
    }

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        foreach (var image in pulled)
            await new EngineImages(engine).UntagAsync(image, CancellationToken.None);
        engine?.Dispose();
    }

    [Fact]
    public async Task Behind_a_login_an_image_is_pulled_with_what_docker_login_left_and_not_without()
    {
        await using var registry = await LoopbackRegistry.StartAsync("user:p:ä?>");
        registry.Push("1", "behind a login");
        var name = Name($"{registry.Host}/server:1");
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("user:p:ä?>"));
        var login = $$"""{"auths": {"{{registry.Host}}": {"auth": "{{auth}}"} } }""";

        var without = await Source(name, Puller("{}")).TryAsync([], TestContext.Current.CancellationToken);
        var with = await Source(name, Puller(login)).TryAsync([], TestContext.Current.CancellationToken);

        Assert.Contains("no basic auth credentials", without.Reason);
        Assert.Equal("", with.Reason);
        Assert.Equal("named by the user, pulled now", with.Image!.Source);
    }

    [Theory]
    [InlineData("@")]
    [InlineData(":moved@")]
    public async Task A_digest_that_was_asked_for_is_pulled_by_it_and_bound_and_needs_no_registry_afterwards(string between)
    {
        string digest;
        ImageName name;
        await using (var registry = await LoopbackRegistry.StartAsync())
        {
            digest = registry.Push("moved", $"first, {between}");
            registry.Push("moved", $"second, {between}");
            name = Name($"{registry.Host}/server{between}{digest}");
            var image = (await ResolveAsync(name))["server"];

            Assert.Equal((digest, $"{registry.Host}/server@{digest}"), (image.Digest, image.Image));
        }

        Assert.Equal(digest, (await ResolveAsync(name))["server"].Digest);
    }

    [Fact]
    public async Task A_tag_is_asked_for_although_the_engine_has_one_and_where_it_cannot_be_it_is_said_since_when()
    {
        ImageName name;
        string second;
        await using (var registry = await LoopbackRegistry.StartAsync())
        {
            name = Name($"{registry.Host}/server:latest");
            var first = registry.Push("latest", "older");
            Name($"{registry.Host}/server@{first}");
            Assert.Equal(first, (await ResolveAsync(name))["server"].Digest);
            var unmoved = (await ResolveAsync(name))["server"];
            second = registry.Push("latest", "newer");
            var moved = (await ResolveAsync(name))["server"];

            Assert.Equal((first, "named by the user, as its registry has it", null), (unmoved.Digest, unmoved.Source, unmoved.Caveat));
            Assert.Equal((second, "named by the user, pulled now", null), (moved.Digest, moved.Source, moved.Caveat));
        }

        var alone = (await ResolveAsync(name))["server"];

        Assert.Equal(second, alone.Digest);
        Assert.Matches(
            $@"^it lies here since {DateTime.UtcNow:yyyy-MM-dd} \d\d:\d\d UTC; registry 127\.0\.0\.1:\d+: .*connection refused",
            alone.Caveat
        );
    }

    [Fact]
    public async Task A_slow_registry_is_waited_for_as_long_as_was_set_and_the_reason_names_what_sets_it()
    {
        await using var registry = await LoopbackRegistry.StartAsync(delay: TimeSpan.FromSeconds(1));
        registry.Push("1", "slow");
        var name = Name($"{registry.Host}/server:1");

        var impatient = await Source(name, Puller("{}", "200 ms")).TryAsync([], TestContext.Current.CancellationToken);
        var patient = await Source(name, Puller("{}", "60 s")).TryAsync([], TestContext.Current.CancellationToken);

        Assert.Equal($"registry {registry.Host}: no answer within 0.2 s (VERIFY_REGISTRY_TIMEOUT gives it more)", impatient.Reason);
        Assert.NotNull(patient.Image);
    }

    [Fact]
    public async Task What_was_made_here_and_names_no_registry_is_not_replaced_by_a_strangers()
    {
        var name = Name($"test-{Guid.NewGuid():N}:1");
        await new EngineImages(engine).ImportAsync(
            name.OnEngine,
            "test",
            async (stream, ct) =>
            {
                await using var system = new RootFileSystem(stream, _ => false, DateTimeOffset.UnixEpoch);
                await system.AddFileAsync(folder.File("text", "made here"), "text", ct);
            },
            TestContext.Current.CancellationToken
        );

        var image = (await ResolveAsync(name))["server"];

        Assert.EndsWith("registry: not asked, as it was made or loaded here and names none", image.Caveat);
    }

    private ImageName Name(string text)
    {
        var name = ImageName.Parse(text);
        pulled.Add(name.OnEngine);
        return name;
    }

    private RegistryPuller Puller(string config, string timeout = "60 s") =>
        new(
            engine,
            new EngineImages(engine),
            RegistryChoice.Parse(null).Within(timeout),
            new RegistryCredentials(folder.File("config.json", config), null, TimeSpan.FromSeconds(30)),
            TimeProvider.System
        );

    private FromRegistry Source(ImageName name, RegistryPuller puller) =>
        new(new EngineImages(engine), puller, "server", name, "named by the user", _ => { });

    private Task<IReadOnlyDictionary<string, ComponentImage>> ResolveAsync(ImageName name) =>
        new ImageStore(engine, ProjectRoot.Find()).ResolveAsync(
            ["server"],
            new ImageOverrides(new Dictionary<string, string> { ["server"] = name.ToString() }),
            new Progress<ImageProgress>(),
            TestContext.Current.CancellationToken
        );
}
