using Verification.Cluster.Acceptance;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class RenderedObjectTests
{
    /// <summary>Numbers have several spellings: whoever writes one anew may change it.</summary>
    [Fact]
    public void Each_object_of_a_file_is_given_to_the_letter()
    {
        const string First =
            "\n# Source: a.yaml\nkind: ConfigMap\nmetadata: {name: one}\ndata:\n  text: |\n    a\n    --- b\nmode: 0400\nshare: 0.50\n";
        const string Second = "\nkind: Secret\nmetadata: {name: two}\n";

        var objects = RenderedObject.Parse($"---{First}---{Second}--- # nothing\n# no object\n", "release/a.yaml");

        Assert.Equal(["ConfigMap/one", "Secret/two"], objects.Select(each => each.Manifest.Id));
        Assert.Equal([First, Second], objects.Select(each => each.Text));
        Assert.All(objects, each => Assert.Equal("release", each.Manifest.Release));
    }
}
