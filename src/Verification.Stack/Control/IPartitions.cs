namespace Verification.Stack.Control;

/// <summary>A control that can cut instances off from each other. What is sent over a cut is dropped, and nobody is told; connections stay
/// open on both sides.</summary>
public interface IPartitions
{
    /// <summary>Cuts an instance off from others.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="from">The others.</param>
    /// <param name="direction">What is dropped, seen from the instance.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task CutAsync(StackInstance instance, IReadOnlyList<StackInstance> from, CutDirection direction, CancellationToken cancellationToken);

    /// <summary>How many packets have been dropped by the cuts that were made at an instance.</summary>
    Task<long> DroppedAsync(StackInstance instance, CancellationToken cancellationToken);

    /// <summary>Takes back every cut that was made at an instance; without one, and where it does not run, nothing changes.</summary>
    Task HealAsync(StackInstance instance, CancellationToken cancellationToken);
}

/// <summary>What a cut drops, seen from the instance that is cut off.</summary>
public enum CutDirection
{
    /// <summary>What it sends, and what is sent to it.</summary>
    BothWays,

    /// <summary>What it sends: it hears the others, and they don't hear it.</summary>
    Outgoing,

    /// <summary>What is sent to it: the others hear it, and it doesn't hear them.</summary>
    Incoming,
}
