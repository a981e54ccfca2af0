using Verification.Stack.Control;

namespace Verification.Stack;

/// <summary>Freezing by whatever control a stack has.</summary>
public static class Freezing
{
    /// <summary>Freezes an instance.</summary>
    /// <exception cref="CapabilityMissingException">The provider can't.</exception>
    public static Task PauseAsync(this IStackControl control, StackInstance instance, CancellationToken cancellationToken) =>
        control.Require<IFreezes>($"freeze {instance.Name}").PauseAsync(instance, cancellationToken);

    /// <summary>Lets a frozen instance go on.</summary>
    /// <exception cref="CapabilityMissingException">The provider can't.</exception>
    public static Task UnpauseAsync(this IStackControl control, StackInstance instance, CancellationToken cancellationToken) =>
        control.Require<IFreezes>($"let {instance.Name} go on").UnpauseAsync(instance, cancellationToken);
}
