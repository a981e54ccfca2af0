using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class StackFileTests
{
    [Fact]
    public void A_role_that_no_component_has_is_refused_at_its_place_with_those_there_are()
    {
        using var folder = new OwnFolder();
        var text = File.ReadAllText(Files.Golden("stack.json"))
            .Replace("\"role\": \"redis\",\n      \"control\"", "\"role\": \"reddis\",\n      \"control\"", StringComparison.Ordinal);

        var thrown = Assert.Throws<DocumentException>(() => StackFile.Read(folder.Holding("stack.json", text)));

        Assert.EndsWith(
            $"'instances[0].role' is 'reddis'; did you mean 'redis'? Allowed: {string.Join(", ", ComponentList.Roles)}.",
            thrown.Message,
            StringComparison.Ordinal
        );
        Assert.True(thrown.Line > 20);
    }

    [Fact]
    public void What_stands_before_a_role_is_written_and_read_back()
    {
        using var folder = new OwnFolder();
        var golden = StackFile.Read(Files.Golden("stack.json"));
        var front = golden.Instances[0] with { Fronts = [InstanceRole.Mysql], Carries = InstanceRole.Broker };

        StackFile.Write(folder.In("stack.json"), golden with { Instances = [front] });

        Assert.Equal([InstanceRole.Mysql], StackFile.Read(folder.In("stack.json")).Instances[0].Fronts!);
        Assert.Equal(InstanceRole.Broker, StackFile.Read(folder.In("stack.json")).Instances[0].Carries);
        Assert.Null(golden.Instances[0].Fronts);
        Assert.Null(golden.Instances[0].Carries);
    }

    [Theory]
    [InlineData("127.0.0.1:20001", "127.0.0.1", 20001)]
    [InlineData("db.example:3306", "db.example", 3306)]
    [InlineData("[::1]:80", "::1", 80)]
    public void An_address_is_a_host_and_a_port(string text, string host, int port) =>
        Assert.Equal((host, port), HostEndpoint.Parse(text).HostAndPort());

    [Theory]
    [InlineData("db.example")]
    [InlineData(":80")]
    [InlineData("db:0")]
    [InlineData("db:65536")]
    [InlineData("db:-1")]
    [InlineData("")]
    public void What_is_no_address_is_refused(string text) => Assert.Throws<FormatException>(() => HostEndpoint.Parse(text));

    [Fact]
    public void A_port_that_is_not_reached_from_the_host_is_told_with_those_that_are()
    {
        var node = StackFile.Read(Files.Golden("stack.json")).Instances[0];

        Assert.Equal("127.0.0.1:32768", $"{node.EndpointOf(6379)}");
        Assert.Contains(
            "Port 3306 of redis-node-0 is not reached from the host; of its ports are 6379.",
            Assert.Throws<InvalidOperationException>(() => node.EndpointOf(3306)).Message,
            StringComparison.Ordinal
        );
    }
}
