using Verification.Chaos.Faults;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Tests.Unit.Objectives;
using Verification.Tests.Unit.Stack;
using Xunit;

namespace Verification.Tests.Unit.Chaos;

public sealed class RedisLinkFaultTests : IAsyncLifetime
{
    private const int ApiPort = 8474;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(40);
    private readonly OwnFolder folder = new();
    private readonly PingedNode[] nodes = [new PingedNode(), new PingedNode()];
    private ScriptedToxiproxy toxiproxy = null!;
    private AttachedStack stack = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StackInstance Link => stack.Description.Instances[0];

    private FaultCatalogue Faults => new(stack);

    public async ValueTask InitializeAsync()
    {
        toxiproxy = await ScriptedToxiproxy.StartAsync(
            ["redis-node-0", "redis-node-0-bus", "redis-node-1", "redis-node-1-bus"],
            Cancellation
        );
        var control = new ScriptedControl
        {
            Endpoint = (_, port) => port == ApiPort ? HostEndpoint.Parse(toxiproxy.Address.Authority) : nodes[port - 7000].Address,
        };
        var file = folder.In("stack.json");
        StackFile.Write(
            file,
            StackFile.Read(Files.Golden("stack.json")) with
            {
                Run = DescribedStack.Run,
                Provider = StackProvider.Kubernetes,
                Capabilities = [],
                Instances =
                [
                    Instance("redis-link", new Role("link")) with
                    {
                        Carries = InstanceRole.Redis,
                    },
                    Instance("redis-node-0", InstanceRole.Redis),
                    Instance("redis-node-1", InstanceRole.Redis),
                ],
                Credentials = new Dictionary<string, string> { ["redis-password"] = $"file:{folder.Holding("password", "secret")}" },
            }
        );
        stack = await AttachedStack.AttachAsync(file, [control], Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await stack.DisposeAsync();
        await toxiproxy.DisposeAsync();
        foreach (var node in nodes)
            await node.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_fault_is_done_to_the_clients_ways_of_all_nodes_or_of_one_and_undone_there_alone()
    {
        var (all, one) = (Faults.Reset(Link), Faults.Latency(Link, Latency, stack.Description.Instances[2]));

        await all.ApplyAsync(Cancellation);
        await one.ApplyAsync(Cancellation);
        var done = toxiproxy.Toxics;
        await all.HealAsync(Cancellation);
        var left = toxiproxy.Toxics;
        await one.HealAsync(Cancellation);

        Assert.Equal(["redis-node-0 reset_peer_downstream", "redis-node-1 latency_downstream", "redis-node-1 reset_peer_downstream"], done);
        Assert.Equal(["redis-node-1 latency_downstream"], left);
        Assert.Empty(toxiproxy.Toxics);
        Assert.Equal(("redis-link", "redis-node-1"), (all.Target, one.Target));
    }

    [Fact]
    public async Task Latency_is_seen_where_each_node_that_is_meant_answers_as_late()
    {
        var (all, one) = (Faults.Latency(Link, Latency), Faults.Latency(Link, Latency, stack.Description.Instances[1]));
        nodes[0].Late = 2 * Latency;

        Assert.Null(await all.EffectAsync(Cancellation));
        Assert.StartsWith(
            "an answer through redis-link to redis-node-0 takes ",
            await one.EffectAsync(Cancellation),
            StringComparison.Ordinal
        );
        nodes[1].Late = 2 * Latency;
        Assert.StartsWith("an answer through redis-link takes ", await all.EffectAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_is_seen_where_each_connection_ends_before_its_answer_and_is_no_black_hole()
    {
        var all = Faults.Reset(Link);
        nodes[0].Breaks = true;

        Assert.Null(await all.EffectAsync(Cancellation));
        nodes[1].Breaks = true;
        Assert.StartsWith(
            "a connection through redis-link ends before an answer: ",
            await all.EffectAsync(Cancellation),
            StringComparison.Ordinal
        );
        Assert.Null(await Faults.BlackHole(Link).EffectAsync(Cancellation));
    }

    [Fact]
    public async Task What_a_dead_run_has_left_on_the_way_to_a_node_is_taken_away()
    {
        using var runs = new OwnFolder();
        Directory.CreateDirectory(runs.In("20261126-110000-bbbb"));
        var journal = new FaultJournal(new RunFolder(runs.In("20261126-110000-bbbb")));
        var fault = Faults.Latency(Link, Latency, stack.Description.Instances[1]);
        await fault.ApplyAsync(Cancellation);
        journal.Append(
            new FaultRecord(
                "latency-1",
                "a scenario",
                fault.Name,
                fault.Target,
                DescribedStack.Run,
                FaultPhase.Effect,
                TimeProvider.System.GetUtcNow()
            )
        );

        Assert.Single(await LeftFaults.HealAsync(stack, runs.Path, TimeProvider.System, Cancellation));

        Assert.Empty(toxiproxy.Toxics);
        Assert.Empty(journal.Unhealed(DescribedStack.Run));
    }

    [Fact]
    public async Task A_link_has_a_way_of_its_own_to_nodes_of_Redis_only() =>
        await Assert.ThrowsAsync<CapabilityMissingException>(() => Faults.Reset(Link, Link).ApplyAsync(Cancellation));

    private static StackInstance Instance(string name, Role role) => new(name, role, name, new Dictionary<string, string>(), string.Empty);
}
