using System.Text.RegularExpressions;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Components.Prometheus;
using Verification.Stack.Components.Watching;
using Verification.Stack.Topologies;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed partial class ScrapeTargetsTests
{
    private static readonly ProjectRoot Own = ProjectRoot.Find();
    private static readonly Topology Watched = KnownTopologies.Catalog.Parse("single+monitoring");
    private static readonly IReadOnlyDictionary<string, string> Targets = ScrapeTargets.Of(Around(), broker: true);

    [Fact]
    public void Each_job_that_reads_a_file_has_one_and_no_file_is_read_by_none() =>
        Assert.Equal(
            Files()
                .Matches(File.ReadAllText(Path.Combine(Own.Config, "prometheus", "prometheus.yml")))
                .Select(match => match.Groups["job"].Value)
                .Distinct()
                .Order(StringComparer.Ordinal),
            Targets.Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_node_of_a_part_is_a_target_under_its_own_name() =>
        Assert.Equal(
            6,
            Regex.Count(
                Targets["redis"],
                "- targets: \\[\"redis-node-\\d:6379\"\\]\n  labels: \\{instance: \"redis-node-\\d\", __via__: \"redis-exporter:9121\"\\}\n",
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            )
        );

    [Fact]
    public void The_targets_of_all_files_are_counted()
    {
        Assert.Equal(15, ScrapeTargets.Count(Targets));
        Assert.Equal(14, ScrapeTargets.Count(ScrapeTargets.Of(Around(), broker: false)));
    }

    [Theory]
    [InlineData("pair+monitoring", 1, 2)]
    [InlineData("pairs+monitoring", 2, 2)]
    [InlineData("ha+monitoring", 2, 2)]
    public void Of_a_pair_each_and_the_proxy_before_it_are_targets(string topology, int sources, int brokers)
    {
        var targets = ScrapeTargets.Of(Around(KnownTopologies.Catalog.Parse(topology)), broker: true);

        Assert.Equal("- targets: [\"haproxy:8404\"]\n  labels: {instance: \"haproxy\"}\n", targets["haproxy"]);
        Assert.Equal((sources, brokers), (Count(targets["mysql"]), Count(targets["broker"])));

        static int Count(string file) => file.Split("- targets:").Length - 1;
    }

    [Fact]
    public void Where_there_is_no_proxy_none_is_a_target() => Assert.Equal("[]\n", Targets["haproxy"]);

    [Fact]
    public void What_gathers_the_logs_is_a_target_where_there_is_one()
    {
        var logged = ScrapeTargets.Of(Around(KnownTopologies.Catalog.Parse("single+monitoring+logging")), broker: true);

        Assert.Equal("- targets: [\"fluentd:24231\"]\n  labels: {instance: \"fluentd\"}\n", logged["fluentd"]);
        Assert.Equal("[]\n", Targets["fluentd"]);
    }

    [Fact]
    public void A_broker_that_tells_nothing_is_no_target() => Assert.Equal("[]\n", ScrapeTargets.Of(Around(), broker: false)["broker"]);

    [Fact]
    public void Prometheus_starts_when_all_that_it_scrapes_is_ready() =>
        Assert.Equal(
            Watched.Parts.Select(part => part.Name).Except(["prometheus", "pager"]).Order(),
            Watched.Parts.Single(part => part.Role == WatchingRole.Prometheus).Needs.Order()
        );

    private static Surroundings Around() => Around(Watched);

    private static Surroundings Around(Topology topology)
    {
        var prometheus = topology.Parts.Single(part => part.Role == WatchingRole.Prometheus);
        return new Surroundings(
            Own,
            new RunFolder(Own.Path),
            Secrets.Read(new Dictionary<string, string>(), Own.Path),
            SutFile.Read(Own.Sut),
            role => topology.HostsOf(role, prometheus)
        )
        {
            Broker = BrokerKind.Artemis,
            InstancesOf = role => [.. topology.Parts.Where(part => part.Role == role).SelectMany(part => part.Instances)],
            Lapse = TimeLapse.None,
        };
    }

    [GeneratedRegex(
        @"files: \[targets/(?<job>[a-z]+)\.yaml\]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Files();
}
