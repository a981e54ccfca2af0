using Verification.Cluster.Nodes;
using Verification.Stack.Images;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class NodeImagesTests
{
    /// <summary>A verdict binds the images that were named: another one that is measured or searched says nothing of them.</summary>
    [Theory]
    [InlineData("tests/Deployment")]
    [InlineData("src/Verification.Cluster/Deployments")]
    public void What_is_deployed_and_searched_is_what_was_named(string folder) =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Files.Root, folder), "*.cs", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("ImageOverrides.None", StringComparison.Ordinal)
        );

    private const string Hex = "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";

    /// <summary>What is copied to a node has the names with a tag alone.</summary>
    [Theory]
    [InlineData("team/server:9", "team/server:9")]
    [InlineData("registry.example:5000/team/server:9", "registry.example:5000/team/server:9")]
    [InlineData($"registry.example/team/server@sha256:{Hex}", "named/server:4f53cda18c2b")]
    [InlineData($"registry.example/team/server:9@sha256:{Hex}", "named/server:4f53cda18c2b")]
    [InlineData("registry.example:5000/team/server", "named/server:4f53cda18c2b")]
    [InlineData($"sha256:{Hex}", "named/server:4f53cda18c2b")]
    [InlineData("4f53cda18c2b", "named/server:4f53cda18c2b")]
    public void An_image_has_a_name_with_a_tag_on_a_node_however_it_was_named(string image, string expected) =>
        Assert.Equal(expected, NodeImages.NameOf(new ComponentImage("server", image, $"sha256:{Hex}", "9", "named by the user")));
}
