using Verification.Stack.Components.Brokers;

namespace Verification.Stack.Components.Artemis;

/// <summary>An ActiveMQ Artemis container.</summary>
/// <param name="configuration">Its configuration.</param>
public sealed class ArtemisContainer(ActiveMqConfiguration configuration) : ActiveMqContainer(configuration);
