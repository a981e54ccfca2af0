namespace Verification.Stack.Control;

/// <summary>Knows how to get hold of a stack that runs in one kind of place.</summary>
public interface IStackProvider
{
    /// <summary>The kind of place.</summary>
    StackProvider Kind { get; }

    /// <summary>Gets hold of a stack.</summary>
    /// <param name="description">What its <c>stack.json</c> says.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The control over its instances, owned by the caller.</returns>
    /// <exception cref="StackNotFoundException">What the description names as its place is not there.</exception>
    /// <exception cref="StackUnreachableException">Its place does not answer, or lets nobody in.</exception>
    Task<IStackControl> AttachAsync(StackDescription description, CancellationToken cancellationToken);

    /// <summary>How a stack is not what it is described as: a verdict on it would name images that never ran.</summary>
    /// <param name="description">What its <c>stack.json</c> says.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One phrase for each instance; none where each runs what is described.</returns>
    Task<IReadOnlyList<string>> DifferencesAsync(StackDescription description, CancellationToken cancellationToken);
}
