namespace Verification.Stack.Control;

/// <summary>A control that can freeze instances: they keep their connections, and do nothing.</summary>
public interface IFreezes
{
    /// <summary>Freezes its processes.</summary>
    Task PauseAsync(StackInstance instance, CancellationToken cancellationToken);

    /// <summary>Lets frozen processes go on.</summary>
    Task UnpauseAsync(StackInstance instance, CancellationToken cancellationToken);
}
