using System.Net;
using Verification.Stack;
using Verification.Stack.Components.Redis;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class RedisTunnelTests : IAsyncDisposable
{
    private static readonly IPAddress First = IPAddress.Parse("172.18.0.3");
    private static readonly IPAddress Second = IPAddress.Parse("172.18.0.4");
    private static readonly IPAddress Third = IPAddress.Parse("172.18.0.5");
    private static readonly StackInstance[] Nodes =
    [
        .. new[] { "a", "b" }.Select(name => new StackInstance(
            name,
            InstanceRole.Redis,
            name,
            new Dictionary<string, string>(),
            string.Empty
        )),
    ];

    private readonly ScriptedControl control = new() { Inside = { ["a"] = First, ["b"] = Second } };
    private readonly RedisTunnel tunnel;

    public RedisTunnelTests() => tunnel = new RedisTunnel(Nodes, link: null, control);

    public ValueTask DisposeAsync() => control.DisposeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_inside_address_leads_to_the_node_that_has_it()
    {
        Assert.Equal(HostPort("a"), await LedToAsync(First));
        Assert.Equal(HostPort("b"), await LedToAsync(Second));
    }

    [Fact]
    public async Task After_two_nodes_have_swapped_their_addresses_each_leads_to_the_other()
    {
        _ = await LedToAsync(First);

        (control.Inside["a"], control.Inside["b"]) = (Second, First);

        Assert.Equal(HostPort("b"), await LedToAsync(First));
        Assert.Equal(HostPort("a"), await LedToAsync(Second));
    }

    [Fact]
    public async Task The_address_of_a_node_that_ended_leads_to_its_port_which_refuses_at_once()
    {
        _ = await LedToAsync(First);

        control.Inside.Remove("a");

        Assert.Equal(HostPort("a"), await LedToAsync(First));
    }

    [Fact]
    public async Task An_address_that_a_node_had_before_leads_to_it_no_more()
    {
        _ = await LedToAsync(First);

        control.Inside["a"] = Third;

        Assert.Equal(new IPEndPoint(First, 6379), await LedToAsync(First));
        Assert.Equal(HostPort("a"), await LedToAsync(Third));
    }

    [Fact]
    public async Task Where_nobody_tells_the_address_is_tried_itself_and_nothing_is_thrown()
    {
        control.Inside.Clear();

        Assert.Equal(new IPEndPoint(First, 6379), await LedToAsync(First));
    }

    [Fact]
    public async Task A_name_is_left_as_it_is()
    {
        var name = new DnsEndPoint("redis.example", 6379);

        Assert.Equal(name, await tunnel.GetSocketConnectEndpointAsync(name, Cancellation));
    }

    [Fact]
    public async Task A_node_that_announces_a_port_of_a_link_is_reached_past_the_link_whatever_address_that_has()
    {
        var link = new StackInstance("link", new Role("link"), "link", new Dictionary<string, string>(), string.Empty);
        var linked = new RedisTunnel(Nodes, link, control);

        Assert.Equal(HostPort("a"), await linked.GetSocketConnectEndpointAsync(new IPEndPoint(Third, 7000), Cancellation));
        Assert.Equal(HostPort("b"), await linked.GetSocketConnectEndpointAsync(new IPEndPoint(First, 7001), Cancellation));
        Assert.Equal(HostPort("b"), await linked.GetSocketConnectEndpointAsync(new IPEndPoint(Second, 6379), Cancellation));
    }

    private static DnsEndPoint HostPort(string node) => new(node, 6379);

    private async Task<EndPoint?> LedToAsync(IPAddress inside) =>
        await tunnel.GetSocketConnectEndpointAsync(new IPEndPoint(inside, 6379), Cancellation);
}
