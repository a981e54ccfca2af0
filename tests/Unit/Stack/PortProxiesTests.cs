using System.Net;
using System.Net.Sockets;
using Verification.Stack.Control;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class PortProxiesTests : IDisposable
{
    private readonly TemporaryFolder processes = new();

    [Fact]
    public void The_carried_ports_are_those_of_the_engines_own_carriers()
    {
        Process("17", "/usr/sbin/docker-proxy", "-proto", "tcp", "-host-ip", "127.0.0.1", "-host-port", "30582", "-container-port", "8080");
        Process("18", "/usr/bin/grep", "-host-port", "1");
        Process("19", "/usr/sbin/docker-proxy", "-host-port");
        Process("self", "/usr/sbin/docker-proxy", "-host-port", "2");
        processes.File("20/status", "it has ended");

        Assert.Equal([30582], PortProxies.Carried(processes.Path));
        Assert.Empty(PortProxies.Carried(Path.Combine(processes.Path, "none")));
    }

    [Fact]
    public void A_port_that_somebody_listens_at_has_not_ended()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.Empty(PortProxies.Ended([((IPEndPoint)listener.LocalEndpoint).Port]));
    }

    public void Dispose() => processes.Dispose();

    private void Process(string id, params string[] words) => processes.File($"{id}/cmdline", string.Join('\0', words) + '\0');
}
