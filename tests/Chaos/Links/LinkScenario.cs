namespace Verification.Tests.Chaos.Links;

/// <summary>What every scenario has in which something happens to a link of the services.</summary>
public abstract class LinkScenario(PlatformFixture platform) : ChaosScenario(platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The link of the services to a role; on a stack without links the test is UNKNOWN.</summary>
    protected StackInstance LinkTo(InstanceRole role)
    {
        var link = LinkControl.Find(Stack, role);
        var addition = KnownTopologies.LinksTo(role).Name;
        var isWanted = Suite.Profile.Suites.Any(suite => suite.Topology.Split('+').Contains(addition));
        Unavailable(
            link is null
                ? $"it needs a link to {role} (topology addition {addition}), which is made of Toxiproxy: its image where a registry answers, else toxiproxy-server from the folder that {VerifyVariables.Tools} names; the stack has the topology {Stack.Description.Topology}"
                : null,
            // Where that folder is named, the program should have been in it.
            isWanted ? VerifyVariables.FirstSet(VerifyVariables.Tools) : null,
            // What is only shown is done without where no stage has the link.
            isAllowed: !isWanted && !TestObjectives().Any(Suite.Counts)
        );
        return link!;
    }

    /// <summary>Waits until a fault has lasted so long.</summary>
    protected Task AwaitHeldAsync(InjectedFault fault, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return Eventually.IsTrueAsync(
            $"{fault.Fault.Name} of {fault.Fault.Target} has lasted for {time.TotalSeconds} s",
            Patience,
            _ => Task.FromResult(Now - BeginOf(fault) > time.Ticks * 100),
            Cancellation
        );
    }
}
