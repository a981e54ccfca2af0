namespace Verification.Stack.Control;

/// <summary>Protects a stack that may not be changed.</summary>
public static class StackProtection
{
    /// <summary>Refuses what would change a stack that may not be changed.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="what">What is about to be done: <c>drop the table</c>.</param>
    /// <exception cref="StackProtectedException">The stack may not be changed.</exception>
    public static void RequireDestructive(this StackDescription stack, string what)
    {
        ArgumentNullException.ThrowIfNull(stack);
        if (!stack.Destructive)
            throw new StackProtectedException(stack.Run, what);
    }
}
