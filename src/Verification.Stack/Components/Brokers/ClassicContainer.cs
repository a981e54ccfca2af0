using DotNet.Testcontainers.Containers;

namespace Verification.Stack.Components.Brokers;

/// <summary>An ActiveMQ Classic container.</summary>
/// <param name="configuration">Its configuration.</param>
public sealed class ClassicContainer(ActiveMqConfiguration configuration) : DockerContainer(configuration)
{
    /// <summary>Address of the broker for OpenWire clients on the host, with credentials.</summary>
    public string GetBrokerAddress() => Address("tcp", ClassicBuilder.OpenWirePort);

    /// <summary>Address of the broker for STOMP clients on the host, with credentials.</summary>
    public string GetStompAddress() => Address("stomp", ClassicBuilder.StompPort);

    private string Address(string scheme, int port) => new UriBuilder(scheme, Hostname, GetMappedPublicPort(port))
    {
        UserName = Uri.EscapeDataString(configuration.Username!),
        Password = Uri.EscapeDataString(configuration.Password!),
    }.ToString();
}
