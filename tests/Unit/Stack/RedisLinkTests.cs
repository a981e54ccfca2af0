using System.Net;
using CliWrap;
using CliWrap.Buffered;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Components.Redis;
using Verification.Stack.Components.Services;
using Verification.Stack.Components.Toxiproxy;
using Verification.Stack.Components.Watching;
using Verification.Stack.Topologies;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class RedisLinkTests
{
    private static readonly ProjectRoot Own = ProjectRoot.Find();
    private static readonly IPAddress First = IPAddress.Parse("172.18.0.3");
    private static readonly IPAddress Linked = IPAddress.Parse("172.18.0.9");

    [Fact]
    public void A_link_to_Redis_leads_to_the_clients_port_and_to_the_bus_of_each_node()
    {
        var proxies = LinkProxy.Of(InstanceRole.Redis, Around("single+redis-links", "redis-link"));

        Assert.Equal(12, proxies.Select(proxy => proxy.Name).Distinct().Count());
        Assert.Equal(12, proxies.Select(proxy => proxy.Port).Distinct().Count());
        Assert.Contains(new LinkProxy("redis-node-3", 7003, "redis-node-3:6379"), proxies);
        Assert.Contains(new LinkProxy("redis-node-3-bus", 17003, "redis-node-3:16379") { IsOfClients = false }, proxies);
    }

    [Fact]
    public void Of_a_link_the_host_reaches_its_API_and_what_clients_go_by()
    {
        var toxiproxy = new ToxiproxyComponent();

        Assert.Equal([8474, 7000, 7001, 7002, 7003, 7004, 7005], toxiproxy.PortsIn(Around("single+redis-links", "redis-link")));
        Assert.Equal([8474, 3306], toxiproxy.PortsIn(Around("ha+links", "mysql-link")));
        Assert.Equal(
            [new LinkProxy("mysql-3306", 3306, "haproxy:3306")],
            LinkProxy.Of(InstanceRole.Mysql, Around("ha+links", "mysql-link"))
        );
    }

    [Theory]
    [InlineData("single", "redis-node-0:6379", "redis-node-5:6379")]
    [InlineData("single+redis-links", "redis-link:7000", "redis-link:7005")]
    public void Services_begin_with_what_the_nodes_announce(string topology, string first, string last)
    {
        var hosts = ContractEnvironment.RedisHosts(Around(topology, "server")).ToList();

        Assert.Equal((6, first, last), (hosts.Count, hosts[0], hosts[^1]));
    }

    [Fact]
    public void A_node_meets_the_others_where_they_announce_themselves_and_announces_its_own_place_at_the_link()
    {
        var alone = new RedisComponent().CommandOf("redis-node-2", Around("single", "redis-node"));
        var linked = new RedisComponent().CommandOf("redis-node-2", Around("single+redis-links", "redis-node"));

        Assert.Equal("bash /usr/local/lib/redis/meet redis-node-0 redis-node-1", string.Join(' ', alone.Take(4)));
        Assert.Equal("-- docker-entrypoint.sh redis-server /usr/local/etc/redis/redis.conf", string.Join(' ', alone[^4..]));
        Assert.Equal("bash /usr/local/lib/redis/meet redis-link:7000:17000 redis-link:7001:17001", string.Join(' ', linked.Take(4)));
        Assert.Equal(
            "announce redis-link 7002 17002 docker-entrypoint.sh redis-server /usr/local/etc/redis/redis.conf",
            string.Join(' ', linked[^7..])
        );
    }

    [Fact]
    public async Task A_node_waits_for_the_address_of_its_link_and_starts_with_it()
    {
        using var folder = new OwnFolder();
        var names = folder.Holding(
            "getent",
            """
            #!/bin/bash
            [ -e "$0.asked" ] || { touch "$0.asked"; exit 2; }
            echo "172.18.0.9      STREAM $2"
            """
        );
        File.SetUnixFileMode(names, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var command = RedisLink.Announcing("redis-link", new LinkedNode("redis-node-2", 7002, 17002), ["echo", "redis.conf"]);

        var started = await Cli.Wrap(command[0])
            .WithArguments(command.Skip(1))
            .WithEnvironmentVariables(set => set.Set("PATH", $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}"))
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            "redis.conf --cluster-announce-ip 172.18.0.9 --cluster-announce-port 7002 --cluster-announce-bus-port 17002\n",
            started.StandardOutput
        );
    }

    [Theory]
    [InlineData("172.18.0.9:7000@17000", "172.18.0.9:7000")]
    [InlineData("172.18.0.9:7000@17000,name,tls-port=0", "172.18.0.9:7000")]
    [InlineData(":6379@16379", null)]
    public void A_new_node_is_met_where_it_announces_itself(string place, string? announced) =>
        Assert.Equal(
            announced,
            RedisCluster.AnnouncedIn(
                $"+OK\r\n$95\r\n973e493a4a79a4383016f0bbb08d72d708b9d667 {place} myself,master - 0 0 0 connected\n\r\n+OK\r\n"
            )
        );

    [Fact]
    public async Task A_node_is_known_by_its_own_address_or_by_its_port_at_the_link()
    {
        var control = new ScriptedControl { Inside = { ["b"] = First, ["link"] = Linked } };
        StackInstance[] nodes = [Instance("a", InstanceRole.Redis), Instance("b", InstanceRole.Redis)];
        var (own, linked) = (
            new RedisAddresses(nodes, link: null, control),
            new RedisAddresses(nodes, Instance("link", new Role("link")), control)
        );

        // The other one does not run.
        Assert.Equal(("b", new IPEndPoint(First, 6379)), Only(await own.NowAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(("b", new IPEndPoint(Linked, 7001)), Only(await linked.NowAsync(TestContext.Current.CancellationToken)));
        Assert.Equal([("a", "inside a", 6379), ("b", "inside b", 6379)], own.AtStart());
        Assert.Equal([("a", "inside link", 7000), ("b", "inside link", 7001)], linked.AtStart());
        Assert.Same(nodes[1], linked.LinkedAt(7001));
        Assert.Equal(7001, linked.PortAtLink(nodes[1]));
        Assert.Null(linked.LinkedAt(6379));
        Assert.Null(own.LinkedAt(7001));

        static (string, IPEndPoint) Only(IReadOnlyDictionary<string, IPEndPoint> known) => (known.Single().Key, known.Single().Value);
    }

    private static StackInstance Instance(string name, Role role) =>
        new(name, role, name, new Dictionary<string, string>(), $"inside {name}");

    private static Surroundings Around(string name, string of)
    {
        var topology = KnownTopologies.Catalog.Parse(name);
        var part = topology.Parts.Single(each => each.Name == of);
        return new Surroundings(
            Own,
            new RunFolder(Own.Path),
            Secrets.Read(new Dictionary<string, string>(), Own.Path),
            SutFile.Read(Own.Sut),
            role => topology.HostsOf(role, part)
        )
        {
            Broker = BrokerKind.Artemis,
            InstancesOf = role => [.. topology.Parts.Where(each => each.Role == role).SelectMany(each => each.Instances)],
            Lapse = TimeLapse.None,
            Carries = part.Carries,
            AnnouncedBy = topology.AnnouncedBy,
        };
    }
}
