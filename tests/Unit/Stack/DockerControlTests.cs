using Docker.DotNet.Models;
using Verification.Stack.Control;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class DockerControlTests
{
    [Theory]
    [InlineData("total_inactive_file", 100UL)]
    [InlineData("inactive_file", 100UL)]
    [InlineData("cache", 0UL)]
    public void File_cache_that_the_kernel_gives_back_is_known_in_both_versions_of_control_groups(string name, ulong expected) =>
        Assert.Equal(
            expected,
            DockerControl.InactiveFiles(
                new MemoryStats
                {
                    Usage = 1000,
                    Stats = new Dictionary<string, ulong> { [name] = 100 },
                }
            )
        );

    [Fact]
    public void What_goes_through_the_network_is_that_of_all_interfaces_and_nothing_where_none_is_told()
    {
        var interfaces = new Dictionary<string, NetworkStats>
        {
            ["eth0"] = new() { RxBytes = 1000, TxBytes = 200 },
            ["eth1"] = new() { RxBytes = 30, TxBytes = 4 },
        };

        Assert.Equal(new NetworkTraffic(1030, 204), DockerControl.TrafficOf(interfaces));
        Assert.Null(DockerControl.TrafficOf(null));
        Assert.Null(DockerControl.TrafficOf(new Dictionary<string, NetworkStats>()));
    }

    [Fact]
    public void What_started_never_has_no_time_of_its_start()
    {
        Assert.Null(DockerControl.StartOf("0001-01-01T00:00:00Z"));
        Assert.Null(DockerControl.StartOf(null));
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 15, 32, 52, 718, TimeSpan.Zero), DockerControl.StartOf("2026-11-26T15:32:52.718Z"));
    }
}
