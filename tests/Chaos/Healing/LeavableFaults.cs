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
            "latency" => faults.Latency(LinkTo(stack, InstanceRole.Mysql), TimeSpan.FromMilliseconds(300)),
            "black-hole" => faults.BlackHole(LinkTo(stack, InstanceRole.Broker)),
            "reset" => faults.Reset(LinkTo(stack, InstanceRole.Broker)),
            "table-lock" => faults.LockTable(),
            "connections" => faults.TakeConnections(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such fault"),
        };
    }

    private static StackInstance First(AttachedStack stack, InstanceRole role) => stack.Instances(role).First();

    private static StackInstance LinkTo(AttachedStack stack, InstanceRole role) =>
        LinkControl.Find(stack, role) ?? throw new InvalidOperationException($"the stack has no link to {role}");
}
