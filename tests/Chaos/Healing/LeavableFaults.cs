using Verification.Stack.Control;

namespace Verification.Tests.Chaos.Healing;

/// <summary>One fault of each kind, aimed at the same target wherever it is asked for.</summary>
internal static class LeavableFaults
{
    /// <summary>The fault of a kind.</summary>
    /// <exception cref="InvalidOperationException">The stack has no target for it.</exception>
    public static IFault Of(AttachedStack stack, string kind)
    {
        var faults = new FaultCatalogue(stack);
        return kind switch
        {
            "kill" => faults.Kill(First(stack, InstanceRole.Server)),
            "stop" => faults.Stop(First(stack, InstanceRole.Dashboard)),
            "freeze" => faults.Freeze(First(stack, InstanceRole.Redis)),
            "cut" => faults.Cut(First(stack, InstanceRole.Redis), [.. stack.Instances(InstanceRole.Redis).Skip(1)], CutDirection.BothWays),
            "replica-stop" => faults.StopReplica(stack.Instances(InstanceRole.Mysql).Last()),
            "latency" => OfLink(stack, InstanceRole.Mysql, (link, to) => faults.Latency(link, TimeSpan.FromMilliseconds(300), to)),
            "black-hole" => OfLink(stack, InstanceRole.Broker, faults.BlackHole),
            "reset" => OfLink(stack, InstanceRole.Broker, faults.Reset),
            "table-lock" => faults.LockTable(),
            "connections" => faults.TakeConnections(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such fault"),
        };
    }

    private static StackInstance First(AttachedStack stack, InstanceRole role) => stack.Instances(role).First();

    /// <summary>A fault of the link to a role; where there is none, of the way to a node of Redis.</summary>
    private static IFault OfLink(AttachedStack stack, InstanceRole role, Func<StackInstance, StackInstance?, IFault> fault) =>
        LinkControl.Find(stack, role) is { } link ? fault(link, null)
        : LinkControl.Find(stack, InstanceRole.Redis) is { } redis ? fault(redis, First(stack, InstanceRole.Redis))
        : throw new InvalidOperationException($"the stack has no link to {role}");
}
