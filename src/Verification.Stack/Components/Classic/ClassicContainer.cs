using Verification.Stack.Components.Brokers;

namespace Verification.Stack.Components.Classic;

/// <summary>An ActiveMQ Classic container.</summary>
/// <param name="configuration">Its configuration.</param>
public sealed class ClassicContainer(ActiveMqConfiguration configuration) : ActiveMqContainer(configuration);
