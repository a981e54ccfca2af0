using Verification.Stack.Control;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class NetworkNamespaceTests
{
    private const string Listing = """
        Chain INPUT (policy ACCEPT 120 packets, 9000 bytes)
            pkts      bytes target     prot opt in     out     source               destination
              41     2460 DROP       0    --  *      *       172.20.0.4           0.0.0.0/0
               0        0 DROP       0    --  *      *       172.20.0.5           0.0.0.0/0
        Chain OUTPUT (policy ACCEPT 90 packets, 8000 bytes)
            pkts      bytes target     prot opt in     out     source               destination
               7      420 DROP       0    --  *      *       0.0.0.0/0            172.20.0.4
               5      420 ACCEPT     0    --  *      *       0.0.0.0/0            172.20.0.6
        """;

    [Theory]
    [InlineData(Listing, 48)]
    [InlineData(
        "Chain INPUT (policy ACCEPT 120 packets, 9000 bytes)\n    pkts      bytes target     prot opt in     out     source               destination\n",
        0
    )]
    public void The_packets_of_the_rules_that_drop_are_summed(string listing, long packets) =>
        Assert.Equal(packets, NetworkNamespace.PacketsOf(listing));
}
