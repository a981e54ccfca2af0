using System.Net;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class AttachedStackTests : IDisposable
{
    private static readonly Dictionary<string, string> Ports = new() { ["3306"] = "127.0.0.1:20001" };
    private readonly OwnFolder folder = new();
    private readonly ScriptedControl control = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_stack_is_attached_to_through_the_provider_of_its_kind_and_needs_no_Docker_engine()
    {
        await using (var stack = await AttachAsync(Mysql("mysql")))
            Assert.True((await stack.Control.StateAsync(stack.Instance(InstanceRole.Mysql), Cancellation)).Running);

        Assert.True(control.IsReleased);
    }

    [Fact]
    public async Task A_stack_of_a_provider_that_is_not_known_is_refused_with_those_that_are()
    {
        var file = Describe(Mysql("mysql"));

        var thrown = await Assert.ThrowsAsync<NotSupportedException>(() => AttachedStack.AttachAsync(file, Cancellation));

        Assert.Equal($"{file}: the stack runs in 'kubernetes'; this program attaches to docker.", thrown.Message);
    }

    [Fact]
    public async Task The_only_instance_of_a_role_is_its_primary_and_where_its_clients_go()
    {
        await using var stack = await AttachAsync(Mysql("mysql"));

        Assert.Equal("mysql", (await stack.PrimaryAsync(InstanceRole.Mysql, Cancellation)).Name);
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:20001"), stack.Endpoint(InstanceRole.Mysql));
        Assert.Equal(new DnsEndPoint("mysql", 3306), await stack.EndpointAsync(InstanceRole.Mysql, null, Cancellation));
    }

    [Fact]
    public async Task A_port_that_nobody_holds_open_is_opened_by_whoever_attaches()
    {
        await using var stack = await AttachAsync(
            Mysql("mysql") with
            {
                Ports = new Dictionary<string, string> { ["3306"] = StackInstance.NotOpened },
            }
        );

        Assert.Equal(new DnsEndPoint("mysql", 3306), stack.Endpoint(InstanceRole.Mysql));
    }

    [Fact]
    public async Task Of_two_instances_the_clients_go_to_the_one_that_stands_before_them()
    {
        await using var stack = await AttachAsync(
            Mysql("source"),
            Mysql("replica"),
            Mysql("front") with
            {
                Role = InstanceRole.Broker,
                Fronts = [InstanceRole.Mysql],
            }
        );

        Assert.Equal(["source", "replica"], stack.Instances(InstanceRole.Mysql).Select(instance => instance.Name));
        Assert.Equal(new DnsEndPoint("front", 3306), await stack.EndpointAsync(InstanceRole.Mysql, null, Cancellation));
    }

    [Fact]
    public async Task Of_two_instances_none_is_meant_by_chance()
    {
        await using var stack = await AttachAsync(
            Mysql("source"),
            Mysql("replica"),
            Mysql("one") with
            {
                Role = InstanceRole.Dashboard,
            },
            Mysql("other") with
            {
                Role = InstanceRole.Dashboard,
            }
        );

        var thrown = Assert.Throws<InvalidOperationException>(() => stack.Instance(InstanceRole.Mysql));
        Assert.Equal(
            "The stack has 2 of the instance of the role 'mysql', and one is meant (source, replica). Ask for Instances or PrimaryAsync.",
            thrown.Message
        );
        Assert.Throws<InvalidOperationException>(() => stack.Endpoint(InstanceRole.Mysql));
        var untold = await Assert.ThrowsAsync<NotSupportedException>(() => stack.PrimaryAsync(InstanceRole.Dashboard, Cancellation));
        Assert.Equal("dashboard does not tell which of its 2 instances (one, other) is the primary.", untold.Message);
    }

    [Fact]
    public async Task A_stack_that_may_not_be_changed_is_guarded_whoever_provides_it()
    {
        await using var stack = await AttachedStack.AttachAsync(Describe(destructive: false, Mysql("mysql")), [control], Cancellation);

        await Assert.ThrowsAsync<StackProtectedException>(() => stack.Control.KillAsync(stack.Instance(InstanceRole.Mysql), Cancellation));
    }

    private static StackInstance Mysql(string name) => new(name, InstanceRole.Mysql, name, Ports, string.Empty);

    private Task<AttachedStack> AttachAsync(params StackInstance[] instances) =>
        AttachedStack.AttachAsync(Describe(instances), [control], Cancellation);

    private string Describe(params StackInstance[] instances) => Describe(destructive: true, instances);

    private string Describe(bool destructive, params StackInstance[] instances)
    {
        var file = folder.In("stack.json");
        StackFile.Write(
            file,
            StackFile.Read(Files.Golden("stack.json")) with
            {
                Provider = StackProvider.Kubernetes,
                Destructive = destructive,
                Capabilities = [],
                Instances = instances,
                Credentials = new Dictionary<string, string>(),
            }
        );
        return file;
    }
}
