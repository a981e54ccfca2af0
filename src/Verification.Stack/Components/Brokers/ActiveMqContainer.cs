using DotNet.Testcontainers.Containers;

namespace Verification.Stack.Components.Brokers;

/// <summary>An ActiveMQ container.</summary>
/// <param name="configuration">Its configuration.</param>
public abstract class ActiveMqContainer(ActiveMqConfiguration configuration) : DockerContainer(configuration);
