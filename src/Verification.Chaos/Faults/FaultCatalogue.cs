using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>The faults that can be aimed at the components of a stack.</summary>
/// <param name="stack">The stack.</param>
public sealed class FaultCatalogue(AttachedStack stack)
{
    /// <inheritdoc cref="KillFault"/>
    public KillFault Kill(StackInstance instance) => new(stack.Control, instance);

    /// <inheritdoc cref="StopFault"/>
    public StopFault Stop(StackInstance instance) => new(stack.Control, instance);

    /// <inheritdoc cref="FreezeFault"/>
    public FreezeFault Freeze(StackInstance instance) => new(stack.Control, instance);

    /// <inheritdoc cref="CutFault"/>
    public CutFault Cut(StackInstance instance, IReadOnlyList<StackInstance> from, CutDirection direction) =>
        new(stack.Control, instance, from, direction);

    /// <summary>A replica of MySQL takes nothing more from its source, and goes on otherwise: its source is without a replica.</summary>
    public ReplicaStopFault StopReplica(StackInstance replica) => new(stack.Control, replica, takes: false);

    /// <summary>A replica of MySQL takes all from its source, and applies nothing of it.</summary>
    public ReplicaStopFault StopApplier(StackInstance replica) => new(stack.Control, replica, takes: true);

    /// <inheritdoc cref="LatencyFault"/>
    /// <param name="link">The link.</param>
    /// <param name="latency">How much later.</param>
    /// <param name="to">The node of Redis on the way to which alone it happens; null for all that goes through the link.</param>
    public LatencyFault Latency(StackInstance link, TimeSpan latency, StackInstance? to = null) => new(stack, link, to, latency);

    /// <inheritdoc cref="BlackHoleFault"/>
    /// <param name="link">The link.</param>
    /// <param name="to">The node of Redis on the way to which alone it happens; null for all that goes through the link.</param>
    public BlackHoleFault BlackHole(StackInstance link, StackInstance? to = null) => new(stack, link, to);

    /// <inheritdoc cref="ResetFault"/>
    /// <param name="link">The link.</param>
    /// <param name="to">The node of Redis on the way to which alone it happens; null for all that goes through the link.</param>
    public ResetFault Reset(StackInstance link, StackInstance? to = null) => new(stack, link, to);

    /// <inheritdoc cref="TableLockFault"/>
    public TableLockFault LockTable() => new(stack, stack.Instance(InstanceRole.Mysql), readable: false);

    /// <summary>Nobody else writes the table, and everybody reads it. Its effect is seen where somebody posts: messages stay with the
    /// broker.</summary>
    public TableLockFault LockWrites(StackInstance mysql) => new(stack, mysql, readable: true);

    /// <inheritdoc cref="ReadOnlyFault"/>
    public ReadOnlyFault RefuseWrites(StackInstance mysql) => new(stack.Control, mysql);

    /// <inheritdoc cref="ConnectionsFault"/>
    public ConnectionsFault TakeConnections() => new(stack, stack.Instance(InstanceRole.Mysql));

    /// <inheritdoc cref="CheckSessionsFault"/>
    public CheckSessionsFault TakeCheckSessions(StackInstance mysql) => new(stack, mysql);

    /// <inheritdoc cref="CheckLockFault"/>
    public CheckLockFault LockCheck(StackInstance mysql) => new(stack, mysql);

    /// <inheritdoc cref="CrowdFault"/>
    public CrowdFault CrowdMySql(StackInstance mysql) => new(stack, mysql);

    /// <inheritdoc cref="BacklogFault"/>
    public BacklogFault LetBuffsWait(StackInstance broker, StackInstance mysql) => new(stack, broker, mysql);

    /// <inheritdoc cref="NoBuffFault"/>
    public NoBuffFault SendNoBuff(StackInstance broker) => new(stack, broker);

    /// <inheritdoc cref="RefusedConsumersFault"/>
    public RefusedConsumersFault RefuseConsumers(StackInstance broker) => new(stack, broker);

    /// <inheritdoc cref="DetachFault"/>
    public DetachFault Detach(StackInstance replica) => new(stack.Control, replica);

    /// <inheritdoc cref="MemoryLimitFault"/>
    public MemoryLimitFault LimitMemory(StackInstance replica) => new(stack.Control, replica);

    /// <inheritdoc cref="ClientPauseFault"/>
    public ClientPauseFault PauseRedis(TimeSpan duration) => new(stack, duration);
}
