namespace Verification.Stack.Control;

/// <summary>Something would have changed a stack that may not be changed: its <c>stack.json</c> says <c>destructive: false</c>. Nothing was
/// done.</summary>
/// <param name="stack">Id of the run that started the stack.</param>
/// <param name="refused">What was refused: <c>kill redis-node-0</c>.</param>
public sealed class StackProtectedException(string stack, string refused)
    : InvalidOperationException(
        $"Refused to {refused}: the stack {stack} may not be changed (its stack.json says destructive: false). "
            + "Only a stack that a gate or a test has started for itself, or one started with --destructive, may be."
    )
{
    /// <summary>Id of the run that started the stack.</summary>
    public string Stack { get; } = stack;

    /// <summary>What was refused.</summary>
    public string Refused { get; } = refused;
}
