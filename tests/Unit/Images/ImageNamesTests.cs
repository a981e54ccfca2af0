using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Components.Services;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Images.Debian;
using Verification.Stack.Images.Registries;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class ImageNamesTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void A_mirror_is_asked_for_the_path_of_an_image_and_for_short_names_below_library()
    {
        var choice = RegistryChoice.Parse("mirror:5000");

        Assert.Equal(["mirror:5000/mysql:9.7", "mirror:5000/library/mysql:9.7"], ReferencesOf("mysql:9.7"));
        Assert.Equal(["mirror:5000/dotnet/aspnet:10.0"], ReferencesOf("registry.test/dotnet/aspnet:10.0"));
        Assert.Equal([$"mirror:5000/a/b@{Digest}"], ReferencesOf($"registry.test/a/b:1@{Digest}"));
        Assert.False(RegistryChoice.Parse("none").Allowed);
        Assert.Contains(
            "VERIFY_REGISTRY=https://m",
            Assert.Throws<FormatException>(() => RegistryChoice.Parse("https://m")).Message,
            StringComparison.Ordinal
        );

        IEnumerable<string> ReferencesOf(string image) => choice.References(ImageName.Parse(image)).Select(each => each.ToString());
    }

    [Fact]
    public void Overrides_are_pairs()
    {
        var overrides = ImageOverrides.Parse(
            "dashboard=host:5000/d:1, server=s@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
        );

        Assert.Equal("host:5000/d:1", overrides.Images["dashboard"]);
        Assert.Equal("s@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", overrides.Images["server"]);
        Assert.Throws<FormatException>(() => ImageOverrides.Parse("dashboard"));
        Assert.Throws<FormatException>(() => ImageOverrides.Parse("a=1,a=2"));
    }

    [Theory]
    [InlineData("5:8.0.6-3", "8.0.6")]
    [InlineData("5.17.6+dfsg-2", "5.17.6")]
    [InlineData("9.7.4-2", "9.7.4")]
    public void The_version_of_the_software_is_the_packages_without_its_wrapping(string version, string software) =>
        Assert.Equal(software, new DebianPackage("p", version, new Uri("http://m.test/"), "", 0).SoftwareVersion);

    [Fact]
    public void A_registry_that_lacks_an_image_is_not_a_silent_one()
    {
        Assert.True(RegistryPuller.IsSilence("dial tcp: lookup registry.test: no such host"));
        Assert.False(RegistryPuller.IsSilence("manifest for mysql:9.7 not found: manifest unknown"));
    }

    [Theory]
    [InlineData("""{"message": "no such host"}""", "no such host")]
    [InlineData("""{"error": 1}""", """{"error": 1}""")]
    [InlineData("<html>", "<html>")]
    public void Of_an_error_of_the_engine_its_sentence_is_shown(string body, string sentence) =>
        Assert.Equal(sentence, EngineMessage.Of(body));

    [Fact]
    public void The_list_of_versions_of_the_checkout_names_all_components()
    {
        var list = VersionList.Read(ProjectRoot.Find());

        Assert.Equal(
            ComponentList
                .All.Where(component => component is not ServiceComponent)
                .Select(component => component.Name)
                .Concat([
                    "aspnet",
                    "sdk",
                    "kubernetes",
                    "envoy-gateway",
                    "envoy",
                    "kube-network-policies",
                    "metrics-server",
                    "external-secrets",
                    "velero",
                    "velero-plugin-for-aws",
                    "prometheus-operator",
                    "prometheus-config-reloader",
                ])
                .Order(),
            list.Components.Keys.Order()
        );
        Assert.Equal(["dashboard", "server"], list.Services.Keys);
    }
}
