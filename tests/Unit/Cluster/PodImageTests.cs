using k8s.Models;
using Verification.Cluster.Control;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class PodImageTests
{
    [Theory]
    [InlineData("registry.example:5000/server:1.2", "registry.example:5000/server@sha256:aa", "sha256:aa", "1.2")]
    [InlineData("registry.example:5000/server@sha256:aa", "registry.example:5000/server@sha256:aa", "sha256:aa", "")]
    [InlineData("verification/server:b7", "sha256:bb", "sha256:bb", "b7")]
    [InlineData("server", "", "", "")]
    public void An_image_is_known_by_what_the_node_tells_of_its_content(string name, string id, string digest, string tag)
    {
        var pod = new V1Pod
        {
            Spec = new V1PodSpec { Containers = [new V1Container { Name = "server", Image = name }] },
            Status = new V1PodStatus { ContainerStatuses = [new V1ContainerStatus { ImageID = id }] },
        };

        Assert.Equal((name, digest, tag), (PodImage.Of(pod).Name, PodImage.Of(pod).Digest, PodImage.Of(pod).Tag));
    }

    [Fact]
    public void Of_a_pod_that_has_not_started_nothing_is_known_yet() =>
        Assert.Empty(
            PodImage
                .Of(new V1Pod { Spec = new V1PodSpec { Containers = [new V1Container { Name = "server", Image = "server:1" }] } })
                .Digest
        );

    [Fact]
    public void A_pod_that_was_only_just_made_counts_where_it_asks_for_another_image()
    {
        var running = Pod("server:1", "sha256:aa");

        Assert.Equal([new PodImage("server:1", "sha256:aa")], PodImage.OfAll([running, Pod("server:1", ""), running]));
        Assert.Equal([new PodImage("server:1", "sha256:aa"), new PodImage("server:2", "")], PodImage.OfAll([running, Pod("server:2", "")]));
        Assert.Equal([new PodImage("server:1", "")], PodImage.OfAll([Pod("server:1", "")]));
        Assert.Equal(
            [new PodImage("server:1", "sha256:aa"), new PodImage("server:1", "sha256:bb")],
            PodImage.OfAll([running, Pod("server:1", "sha256:bb")])
        );
    }

    private static V1Pod Pod(string name, string id) =>
        new()
        {
            Spec = new V1PodSpec { Containers = [new V1Container { Name = "server", Image = name }] },
            Status = new V1PodStatus { ContainerStatuses = [new V1ContainerStatus { ImageID = id }] },
        };
}
