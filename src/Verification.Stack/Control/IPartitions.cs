namespace Verification.Stack.Control;

/// <summary>A control that can cut instances off from each other. What is sent over a cut is dropped, and nobody is told; connections stay open on both sides.</summary>
public interface IPartitions
{
    /// <summary>Cuts an instance off from others, both ways.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="from">The others.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task CutAsync(StackInstance instance, IReadOnlyList<StackInstance> from, CancellationToken cancellationToken);

    /// <summary>Takes back every cut that was made at an instance.</summary>
    Task HealAsync(StackInstance instance, CancellationToken cancellationToken);
}
