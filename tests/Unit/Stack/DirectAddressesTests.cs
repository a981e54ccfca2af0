using System.Net;
using Verification.Stack;
using Verification.Stack.Network;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class DirectAddressesTests
{
    private static readonly Uri Proxy = new("http://127.0.0.1:9");
    private readonly DirectAddresses addresses = new(new WebProxy(Proxy));

    [Theory]
    [InlineData("http://127.0.0.1:8080/buff")]
    [InlineData("http://127.8.0.1/")]
    [InlineData("http://localhost:8081/buffs")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("http://[::ffff:127.0.0.1]:8080/")]
    [InlineData("http://0.0.0.0:8080/")]
    public void Loopback_is_reached_through_no_proxy(string address)
    {
        Assert.True(addresses.IsBypassed(new Uri(address)));
        Assert.Null(addresses.GetProxy(new Uri(address)));
    }

    [Fact]
    public void What_is_outside_is_reached_as_the_environment_says()
    {
        Assert.False(addresses.IsBypassed(new Uri("http://deb.debian.org/")));
        Assert.Equal(Proxy, addresses.GetProxy(new Uri("http://deb.debian.org/")));
    }

    [Theory]
    [InlineData("10.0.0.7", "http://10.0.0.7:30080/buff")]
    [InlineData("Cluster.Invalid", "http://cluster.invalid/buffs")]
    public void A_host_of_a_stack_is_reached_directly_once_it_is_named(string host, string address)
    {
        Assert.False(addresses.IsBypassed(new Uri(address)));

        DirectAddresses.Add(host);

        Assert.True(addresses.IsBypassed(new Uri(address)));
    }

    [Fact]
    public void Every_client_of_the_process_takes_it()
    {
        _ = ProjectRoot.Variable.Length;
        System.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor(typeof(ProjectRoot).Module.ModuleHandle);

        Assert.IsType<DirectAddresses>(HttpClient.DefaultProxy);
    }
}
