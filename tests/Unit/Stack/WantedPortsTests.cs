using System.Net;
using System.Net.Sockets;
using Verification.Gate.Commands;
using Verification.Gate.Platform;
using Verification.Objectives;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class WantedPortsTests : IDisposable
{
    private readonly TcpListener taken = new(IPAddress.Loopback, 0);
    private readonly TemporaryFolder runs = new();
    private readonly int port;

    public WantedPortsTests()
    {
        taken.Start();
        port = ((IPEndPoint)taken.LocalEndpoint).Port;
    }

    [Fact]
    public void A_port_that_a_kept_stack_has_is_named_with_its_run_and_what_to_do()
    {
        var stack = runs.File(
            "20261124-083015-4f2a/stack.json",
            File.ReadAllText(Files.Golden("stack.json")).Replace("127.0.0.1:32768", $"127.0.0.1:{port}", StringComparison.Ordinal)
        );

        var refusal = Assert.Throws<MachineException>(() =>
            new WantedPorts(port, Free()).MustBeFree([new RunFolder(Path.GetDirectoryName(stack)!)])
        );

        Assert.Equal(
            $"port {port} is taken by the stack of run 20261124-083015-4f2a, which stays until ./verify down. Measure that one (./verify gate --stack {stack}), remove it, or take others (--port-dashboard, --port-server).",
            refusal.Message
        );
    }

    [Fact]
    public void A_port_that_another_program_has_is_said_to_be_that()
    {
        var refusal = Assert.Throws<MachineException>(() => new WantedPorts(Free(), port).MustBeFree([]));

        Assert.StartsWith($"port {port} of this machine is taken by another program.", refusal.Message);
    }

    [Fact]
    public void One_port_is_not_enough_for_two() =>
        Assert.Contains("are both 9080", Assert.Throws<UsageException>(() => new WantedPorts(9080, 9080).MustBeFree([])).Message);

    [Fact]
    public void Ports_that_nobody_has_are_taken_without_a_word() => new WantedPorts(Free(), Free()).MustBeFree([]);

    public void Dispose()
    {
        taken.Dispose();
        runs.Dispose();
    }

    private static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
