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
    Task<IStackControl> AttachAsync(StackDescription description, CancellationToken cancellationToken);
}
