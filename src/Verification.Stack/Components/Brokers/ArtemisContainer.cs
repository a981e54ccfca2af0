using DotNet.Testcontainers.Containers;

namespace Verification.Stack.Components.Brokers;

/// <summary>An ActiveMQ Artemis container.</summary>
/// <param name="configuration">Its configuration.</param>
public sealed class ArtemisContainer(ActiveMqConfiguration configuration) : DockerContainer(configuration)
{
    /// <summary>Address of the broker for core and JMS clients on the host, with credentials.</summary>
    public string GetBrokerAddress() => Address("tcp", ArtemisBuilder.ArtemisMainPort);

    /// <summary>Address of the broker for STOMP clients on the host, with credentials.</summary>
    public string GetStompAddress() => Address("stomp", ArtemisBuilder.ArtemisStompPort);

    private string Address(string scheme, int port) => new UriBuilder(scheme, Hostname, GetMappedPublicPort(port))
    {
        UserName = Uri.EscapeDataString(configuration.Username!),
        Password = Uri.EscapeDataString(configuration.Password!),
    }.ToString();
}
