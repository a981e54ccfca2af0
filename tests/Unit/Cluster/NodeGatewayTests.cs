using System.Net;
using Docker.DotNet.Models;
using Verification.Cluster.Nodes;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class NodeGatewayTests
{
    private static readonly IPAddress Bridge = IPAddress.Parse("172.18.0.1");

    [Theory]
    [InlineData("172.17.0.1", "docker0", "172.17.0.1")]
    [InlineData("", "docker0", "172.18.0.1")]
    [InlineData(null, "docker0", "172.18.0.1")]
    [InlineData(null, "docker7", null)]
    [InlineData(null, null, null)]
    public void An_engine_that_tells_no_gateway_has_the_address_of_its_bridge(string? gateway, string? bridge, string? expected)
    {
        var network = new NetworkResponse
        {
            IPAM = new IPAM { Config = [new IPAMConfig { Subnet = "172.17.0.0/16", Gateway = gateway! }] },
            Options = bridge is null ? null! : new Dictionary<string, string> { ["com.docker.network.bridge.name"] = bridge },
        };

        Assert.Equal(
            expected is null ? null : IPAddress.Parse(expected),
            NodeGateway.Of(network, name => name == "docker0" ? Bridge : null)
        );
    }
}
