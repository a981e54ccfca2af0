using k8s.Models;
using Verification.Cluster.Admission;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class AdmittedImagesTests
{
    private static readonly HashSet<string> Nothing = [];

    [Fact]
    public void A_release_and_the_one_before_it_are_listed_and_no_third()
    {
        var list = AdmittedImages
            .None.With("r1", ["sha256:1", "sha256:9"], Nothing)
            .With("r2", ["sha256:2", "sha256:9"], Nothing)
            .With("r3", ["sha256:3"], Nothing);

        Assert.Equal(("r3", "r2"), (list.Release, list.Previous));
        Assert.Equal(["sha256:2", "sha256:3", "sha256:9"], list.Digests.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_release_that_is_recorded_again_stays_beside_the_one_before_it()
    {
        var list = AdmittedImages
            .None.With("r1", ["sha256:1"], Nothing)
            .With("r2", ["sha256:2"], Nothing)
            .With("r2", ["sha256:2"], Nothing);

        Assert.Equal("r1", list.Previous);
        Assert.Equal(["sha256:1", "sha256:2"], list.Digests.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_listed_and_runs_stays_and_what_runs_unlisted_does_not_come_in()
    {
        HashSet<string> running = ["sha256:1", "sha256:8"];

        var list = AdmittedImages
            .None.With("r1", ["sha256:1"], Nothing)
            .With("r2", ["sha256:2"], running)
            .With("r3", ["sha256:3"], running);

        Assert.Equal(["sha256:1", "sha256:2", "sha256:3"], list.Digests.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        var map = new V1ConfigMap { Metadata = new V1ObjectMeta() };
        var list = AdmittedImages.None.With("r1", ["sha256:1"], Nothing).With("r2", ["sha256:2"], Nothing);
        list.WriteTo(map);

        var back = AdmittedImages.Of(map);

        Assert.Equal(["sha256-1", "sha256-2"], map.Data.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((list.Release, list.Previous), (back.Release, back.Previous));
        Assert.Equal(list.Digests, back.Digests);
    }
}
