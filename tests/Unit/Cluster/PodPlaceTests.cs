using Verification.Cluster.Control;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class PodPlaceTests
{
    [Theory]
    [InlineData("space/pod/mysql-0")]
    [InlineData("space/deployment/server")]
    public void A_place_is_written_as_it_is_read(string place) => Assert.Equal(place, PodPlace.Parse(place).ToString());

    [Theory]
    [InlineData("mysql-0")]
    [InlineData("space/service/server")]
    [InlineData("space/pod/mysql/0")]
    public void What_names_no_pod_is_refused_with_what_is_expected(string place) =>
        Assert.Equal(
            $"'{place}' names no pod; expected NAMESPACE/pod/NAME or NAMESPACE/deployment/NAME.",
            Assert.Throws<FormatException>(() => PodPlace.Parse(place)).Message
        );
}
