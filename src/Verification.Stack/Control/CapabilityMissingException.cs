namespace Verification.Stack.Control;

/// <summary>The provider of a stack can't do something: what needs it can't be measured there.</summary>
/// <param name="what">What was asked for: <c>freeze redis-node-0</c>.</param>
public sealed class CapabilityMissingException(string what) : NotSupportedException($"The provider of this stack cannot {what}.");

/// <summary>Asking a control for what not every provider can do.</summary>
public static class Capability
{
    /// <summary>The control as one that has a capability.</summary>
    /// <typeparam name="T">The capability's interface.</typeparam>
    /// <param name="control">The control.</param>
    /// <param name="what">What is to be done, for the error.</param>
    /// <exception cref="CapabilityMissingException">It has not.</exception>
    public static T Require<T>(this IStackControl control, string what)
        where T : class => control as T ?? throw new CapabilityMissingException(what);
}
