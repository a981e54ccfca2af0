namespace Verification.Tests.Chaos.Services;

/// <summary>What every scenario has in which one of two of a service is away.</summary>
public abstract class ServiceScenario(PlatformFixture platform) : ChaosScenario(platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The two instances of a service; on a stack with another number the test is UNKNOWN.</summary>
    protected IReadOnlyList<StackInstance> Two(InstanceRole service)
    {
        var instances = Stack.Instances(service).ToList();
        Unavailable(
            instances.Count == 2
                ? null
                : $"it needs two of each service (topology ha), and the stack has the topology {Stack.Description.Topology}"
        );
        return instances;
    }

    /// <summary>Waits until the proxy leads clients to an instance that was away.</summary>
    protected Task AwaitLedToAsync(StackInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Eventually.SeeAsync(
            $"clients are led to {instance.Name} again",
            Patience,
            ct => ProxiedServices.LedToAsync(Stack, instance.Role, ct),
            led => led.Contains(instance.Name),
            Cancellation
        );
    }
}
