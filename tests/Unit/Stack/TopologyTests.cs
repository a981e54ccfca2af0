using Verification.Stack;
using Verification.Stack.Starting;
using Verification.Stack.Topologies;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class TopologyTests
{
    private static readonly Topology Pair = new(
        "pair",
        [
            new TopologyPart("source", InstanceRole.Mysql),
            new TopologyPart("replica", InstanceRole.Mysql) { Needs = ["source"], Fronts = [InstanceRole.Mysql] },
            new TopologyPart("broker", InstanceRole.Broker) { Count = 2 },
            new TopologyPart("node", InstanceRole.Redis) { Count = 2 },
            new TopologyPart("server", InstanceRole.Server) { Count = 2, Needs = ["source", "replica", "broker", "node"] },
        ]
    );

    private static readonly TopologyCatalog Catalog = new(
        [KnownTopologies.OneOfEach, Pair],
        [new TopologyAddition("watched", [new TopologyPart("watch", InstanceRole.Dashboard) { Needs = ["broker"] }])]
    );

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Several_instances_of_a_part_are_numbered() =>
        Assert.Equal(
            ["source", "replica", "broker-0", "broker-1", "node-0", "node-1", "server-0", "server-1"],
            Pair.Parts.SelectMany(part => part.Instances)
        );

    [Fact]
    public void A_part_is_told_the_hosts_of_what_it_needs_and_of_nothing_else()
    {
        Assert.Equal(["broker-0", "broker-1"], Pair.HostsOf(InstanceRole.Broker, Pair.Parts[^1]));
        Assert.Equal(["source"], Pair.HostsOf(InstanceRole.Mysql, Pair.Parts[1]));
        Assert.Empty(Pair.HostsOf(InstanceRole.Redis, Pair.Parts[1]));
    }

    [Theory]
    [InlineData("backup", true)]
    [InlineData("object-store", true)]
    [InlineData("rest-store", true)]
    [InlineData("mysql", false)]
    [InlineData("classic", false)]
    [InlineData("server", false)]
    [InlineData("aspnet", false)]
    public void What_the_contract_names_or_services_stand_on_is_no_addition(string component, bool addition) =>
        Assert.Equal(addition, Topology.IsAddition(component));

    [Fact]
    public void A_component_that_is_part_of_nothing_else_can_be_added_by_its_name_and_no_other()
    {
        var added = KnownTopologies.Catalog.Parse("single+netfilter").Parts[^1];

        Assert.Equal(["netfilter"], added.Instances);
        foreach (var part in new[] { "mysql", "classic", "prometheus", "object-store", "rest-store" })
            Assert.Contains(
                $"there is no addition '{part}'",
                Assert.Throws<ArgumentException>(() => KnownTopologies.Catalog.Parse($"single+{part}")).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void Who_stands_before_a_role_is_the_host_of_its_clients() =>
        Assert.Equal(["replica"], Pair.HostsOf(InstanceRole.Mysql, Pair.Parts[^1]));

    [Fact]
    public async Task An_instance_starts_when_all_that_its_part_needs_is_ready_common_steps_included()
    {
        var steps = new List<string>();
        var noted = new Lock();
        Task Note(string step)
        {
            lock (noted)
                steps.Add(step);
            return Task.CompletedTask;
        }

        await StartPlan
            .Of(
                Pair,
                BrokerKind.Classic,
                _ => Note("network"),
                (part, _) => Note($"volume of {part.Name}"),
                (name, _) => Note(name),
                (part, step, _) => Note($"{step.Name} of {string.Join(" ", part.Instances)}")
            )
            .RunAsync(progress: null, Cancellation);

        Assert.Equal(10, steps.Count);
        Assert.Equal("network", steps[0]);
        Assert.True(steps.IndexOf("source") < steps.IndexOf("replica"));
        Assert.All(["node-0", "node-1"], node => Assert.True(steps.IndexOf(node) < steps.IndexOf("redis cluster of node-0 node-1")));
        Assert.Equal(["server-0", "server-1"], steps[^2..].Order());
    }

    [Fact]
    public async Task The_volume_of_a_part_is_there_before_its_instances()
    {
        var steps = new List<string>();
        var noted = new Lock();
        Task Note(string step)
        {
            lock (noted)
                steps.Add(step);
            return Task.CompletedTask;
        }

        await StartPlan
            .Of(
                KnownTopologies.Pair,
                BrokerKind.Classic,
                _ => Note("network"),
                (part, _) => Note($"volume of {part.Name}"),
                (name, _) => Note(name),
                (_, step, _) => Note(step.Name)
            )
            .RunAsync(progress: null, Cancellation);

        Assert.Equal("volume of activemq", Assert.Single(steps, step => step.StartsWith("volume", StringComparison.Ordinal)));
        Assert.All(["activemq-0", "activemq-1"], broker => Assert.True(steps.IndexOf("volume of activemq") < steps.IndexOf(broker)));
    }

    [Fact]
    public void The_clients_of_a_pair_of_brokers_go_to_the_proxy_before_it_and_the_proxy_to_both()
    {
        Assert.Equal(["haproxy"], KnownTopologies.Pair.HostsOf(InstanceRole.Broker, KnownTopologies.Pair.Parts[^1]));
        Assert.Equal(
            ["activemq-0", "activemq-1"],
            KnownTopologies.Pair.HostsOf(InstanceRole.Broker, KnownTopologies.Pair.Parts.Single(part => part.Name == "haproxy"))
        );
    }

    [Fact]
    public void The_clients_of_a_pair_of_MySQL_servers_go_to_the_proxy_before_it_and_the_proxy_to_both()
    {
        Assert.Equal(["haproxy"], KnownTopologies.Pairs.HostsOf(InstanceRole.Mysql, KnownTopologies.Pairs.Parts[^1]));
        Assert.Equal(
            ["mysql-0", "mysql-1"],
            KnownTopologies.Pairs.HostsOf(InstanceRole.Mysql, KnownTopologies.Pairs.Parts.Single(part => part.Name == "haproxy"))
        );
    }

    [Fact]
    public void The_clients_of_two_of_each_service_go_to_the_proxy_before_them()
    {
        Assert.Equal(
            ["haproxy"],
            KnownTopologies.HighlyAvailable.Parts.ThatServe(InstanceRole.Dashboard).SelectMany(part => part.Instances)
        );
        Assert.Equal(["haproxy"], KnownTopologies.HighlyAvailable.Parts.ThatServe(InstanceRole.Server).SelectMany(part => part.Instances));
        Assert.Equal(
            ["dashboard-0", "dashboard-1", "server-0", "server-1"],
            KnownTopologies.HighlyAvailable.Parts.TakeLast(2).SelectMany(part => part.Instances)
        );
    }

    [Theory]
    [InlineData("single", "mysql", "activemq")]
    [InlineData("pair", "mysql", "haproxy")]
    [InlineData("ha+netfilter", "haproxy", "haproxy")]
    public void Links_come_between_the_services_and_what_they_have_reached_so_far(string topology, string mysql, string broker)
    {
        var linked = KnownTopologies.Catalog.Parse($"{topology}+links");
        var (server, dashboard) = (PartOf(InstanceRole.Server), PartOf(InstanceRole.Dashboard));

        Assert.Equal(["mysql-link"], linked.HostsOf(InstanceRole.Mysql, server));
        Assert.Equal(["broker-link"], linked.HostsOf(InstanceRole.Broker, server));
        Assert.Equal(["broker-link"], linked.HostsOf(InstanceRole.Broker, dashboard));
        Assert.Equal(6, linked.HostsOf(InstanceRole.Redis, server).Count);
        Assert.Equal([mysql], linked.HostsOf(InstanceRole.Mysql, linked.Parts.Single(part => part.Name == "mysql-link")));
        Assert.Equal([broker], linked.HostsOf(InstanceRole.Broker, linked.Parts.Single(part => part.Name == "broker-link")));

        TopologyPart PartOf(Role role) => linked.Parts.Single(part => part.Role == role);
    }

    [Theory]
    [InlineData("single")]
    [InlineData("ha+links")]
    public void A_link_whose_address_is_announced_starts_before_those_that_announce_it_and_is_all_that_services_are_told(string topology)
    {
        var linked = KnownTopologies.Catalog.Parse($"{topology}+redis-links");
        var names = linked.Parts.Select(part => part.Name).ToList();

        Assert.Equal("redis-link", linked.AnnouncedBy(InstanceRole.Redis));
        Assert.Null(linked.AnnouncedBy(InstanceRole.Mysql));
        Assert.Null(KnownTopologies.Catalog.Parse(topology).AnnouncedBy(InstanceRole.Redis));
        Assert.True(names.IndexOf("redis-link") < names.IndexOf("redis-node"));
        Assert.Empty(PartOf("redis-link").Needs);
        Assert.Equal(["redis-link"], PartOf("redis-node").Needs);
        Assert.Contains("redis-node", PartOf("server").Needs);
        Assert.Equal(["redis-link"], linked.HostsOf(InstanceRole.Redis, PartOf("server")));
        Assert.DoesNotContain("redis-link", PartOf("dashboard").Needs);

        TopologyPart PartOf(string name) => linked.Parts.Single(part => part.Name == name);
    }

    [Theory]
    [InlineData("single+netfilter+redis-links")]
    [InlineData("single+redis-links+links+netfilter")]
    public void Partitions_and_announced_links_are_not_mixed(string topology) =>
        Assert.StartsWith(
            $"topology {topology}: redis-links can't stand beside netfilter (docs/chaos.md).",
            Assert.Throws<ArgumentException>(() => KnownTopologies.Catalog.Parse(topology)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("single+monitoring+logging", true)]
    [InlineData("single+logging+monitoring", true)]
    [InlineData("single+monitoring+links", false)]
    public void Who_watches_starts_when_what_gathers_the_logs_is_ready_in_whichever_order_both_were_added(string topology, bool isLogged)
    {
        var watching = KnownTopologies.Catalog.Parse(topology).Parts[^1];

        Assert.Equal("prometheus", watching.Name);
        Assert.Equal(isLogged, watching.Needs.Contains("fluentd"));
        Assert.Equal(watching.Needs.Distinct(), watching.Needs);
    }

    [Fact]
    public void The_links_to_a_role_are_those_of_one_addition()
    {
        Assert.Same(KnownTopologies.Links, KnownTopologies.LinksTo(InstanceRole.Broker));
        Assert.Same(KnownTopologies.RedisLinks, KnownTopologies.LinksTo(InstanceRole.Redis));
    }

    [Fact]
    public void A_link_to_what_no_service_is_a_client_of_is_refused()
    {
        var without = new Topology("mysql", [new TopologyPart("mysql", InstanceRole.Mysql)]);

        Assert.StartsWith(
            "topology mysql+links: no service is a client of mysql.",
            Assert.Throws<ArgumentException>(() => new TopologyCatalog([without], [KnownTopologies.Links]).Parse("mysql+links")).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("ha+netfilter+links", "toxiproxy", "ha+netfilter")]
    [InlineData("single+links", "toxiproxy", "single")]
    [InlineData("ha+links+redis-links", "toxiproxy", "ha")]
    [InlineData("ha+netfilter", "toxiproxy", null)]
    [InlineData("single+monitoring", "prometheus", null)]
    [InlineData("single+backup", "object-store", "single+rest-backup")]
    [InlineData("single+backup", "backup", null)]
    [InlineData("single+rest-backup", "rest-store", null)]
    public void Only_what_is_dispensable_is_left_out_and_what_another_stands_for_replaced_where_a_component_of_it_cannot_be_had(
        string topology,
        string component,
        string? left
    ) => Assert.Equal(left, KnownTopologies.Catalog.Without(KnownTopologies.Catalog.Parse(topology), component)?.Name);

    [Theory]
    [InlineData("single", false)]
    [InlineData("pairs", true)]
    public async Task Two_MySQL_servers_become_a_pair_before_anybody_needs_them_and_one_does_not(string topology, bool isFormed)
    {
        var steps = new List<string>();
        Task Note(string step)
        {
            lock (steps)
                steps.Add(step);
            return Task.CompletedTask;
        }

        await StartPlan
            .Of(
                KnownTopologies.Catalog.Parse(topology),
                BrokerKind.Artemis,
                _ => Note("network"),
                (_, _) => Note("volume"),
                (name, _) => Note(name),
                (_, step, _) => Note(step.Name)
            )
            .RunAsync(progress: null, Cancellation);

        Assert.Equal(isFormed, steps.Contains("mysql pair"));
        Assert.True(steps.IndexOf("mysql pair") < steps.IndexOf("server"));
    }

    [Theory]
    [InlineData("single")]
    [InlineData("ha")]
    public async Task The_table_is_made_once_MySQL_takes_writes_and_before_any_Server_starts(string topology)
    {
        var steps = new List<string>();
        Task Note(string step)
        {
            lock (steps)
                steps.Add(step);
            return Task.CompletedTask;
        }

        await StartPlan
            .Of(
                KnownTopologies.Catalog.Parse(topology),
                BrokerKind.Artemis,
                _ => Note("network"),
                (_, _) => Note("volume"),
                (name, _) => Note(name),
                (_, step, _) => Note(step.Name),
                _ => Note("the table")
            )
            .RunAsync(progress: null, Cancellation);

        var made = steps.IndexOf("the table");
        Assert.Equal(made, steps.LastIndexOf("the table"));
        Assert.All(
            steps.Where(step => step.StartsWith("mysql", StringComparison.Ordinal)),
            before => Assert.True(steps.IndexOf(before) < made)
        );
        Assert.All(
            steps.Where(step => step.StartsWith("server", StringComparison.Ordinal)),
            after => Assert.True(made < steps.IndexOf(after))
        );
    }

    [Fact]
    public async Task Only_what_needs_a_part_waits_for_it()
    {
        var reached = new TaskCompletionSource();

        await StartPlan
            .Of(
                Pair,
                BrokerKind.Classic,
                _ => Task.CompletedTask,
                (_, _) => Task.CompletedTask,
                (name, ct) =>
                {
                    if (name == "node-1")
                        reached.SetResult();
                    return name == "source" ? reached.Task.WaitAsync(ct) : Task.CompletedTask;
                },
                (_, _, _) => Task.CompletedTask
            )
            .RunAsync(progress: null, Cancellation);
    }

    [Fact]
    public void The_components_of_a_topology_are_those_of_its_broker_each_once()
    {
        Assert.Equal(["mysql", "classic", "redis", "server"], StackStarter.ComponentsOf(Pair, BrokerKind.Classic));
        Assert.Equal(["mysql", "artemis", "redis", "dashboard", "server"], StackStarter.ComponentsOf(BrokerKind.Artemis));
    }

    [Fact]
    public void A_name_is_that_of_a_topology_and_of_what_is_added()
    {
        var topology = Catalog.Parse("pair+watched");

        Assert.Equal("pair+watched", topology.Name);
        Assert.Equal([.. Pair.Parts.Select(part => part.Name), "watch"], topology.Parts.Select(part => part.Name));
        Assert.Equal(["broker-0", "broker-1"], topology.HostsOf(InstanceRole.Broker, topology.Parts[^1]));
    }

    [Theory]
    [InlineData("pear", "topology pear: there is no topology 'pear'; did you mean 'pair'? Known: single, pair.")]
    [InlineData("", "topology : there is no topology ''. Known: single, pair.")]
    [InlineData("watched", "topology watched: there is no topology 'watched'. Known: single, pair.")]
    [InlineData("pair+wached", "topology pair+wached: there is no addition 'wached'; did you mean 'watched'? Known: watched.")]
    [InlineData("pair+", "topology pair+: there is no addition ''. Known: watched.")]
    [InlineData("single+watched", "topology single+watched: watch needs broker, which does not stand before it.")]
    [InlineData("pair+watched+watched", "topology pair+watched+watched: there are two parts watch.")]
    public void A_name_that_is_not_known_is_refused_with_those_that_are(string name, string message)
    {
        var thrown = Assert.Throws<ArgumentException>(() => Catalog.Parse(name));

        Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_known_topology_is_found_by_its_name_and_made_of_components()
    {
        var topology = KnownTopologies.Catalog.Parse("single");

        Assert.Same(KnownTopologies.OneOfEach, topology);
        Assert.All(Enum.GetValues<BrokerKind>(), broker => Assert.Equal(5, topology.Components(broker).Count));
        Assert.Equal(6, topology.Parts.Single(part => part.Role == InstanceRole.Redis).Instances.Count);
    }

    [Fact]
    public void What_cannot_be_started_is_refused_when_it_is_arranged()
    {
        var twice = new[]
        {
            new TopologyPart("a-0", InstanceRole.Mysql),
            new TopologyPart("a", InstanceRole.Redis) { Count = 2 },
        };
        var none = new[] { new TopologyPart("a", InstanceRole.Mysql) { Count = 0 } };
        var circle = new[] { new TopologyPart("a", InstanceRole.Mysql) { Needs = ["a"] } };

        Assert.Contains(
            "two instances a-0",
            Assert.Throws<ArgumentException>(() => new Topology("x", twice)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "has 0 instances",
            Assert.Throws<ArgumentException>(() => new Topology("x", none)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "a needs a, which does not stand before it",
            Assert.Throws<ArgumentException>(() => new Topology("x", circle)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void One_part_alone_is_started_where_it_needs_no_other()
    {
        Assert.Equal(["mysql"], KnownTopologies.OneOfEach.Only("mysql").Parts.Select(part => part.Name));
        Assert.Throws<ArgumentException>(() => KnownTopologies.OneOfEach.Only("server"));
        Assert.Contains(
            "it has mysql, activemq, redis-node, dashboard, server",
            Assert.Throws<ArgumentException>(() => KnownTopologies.OneOfEach.Only("x")).Message,
            StringComparison.Ordinal
        );
    }
}
