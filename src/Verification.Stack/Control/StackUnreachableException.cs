namespace Verification.Stack.Control;

/// <summary>The place that a stack runs in does not answer, or lets nobody in: nothing is said of the stack.</summary>
/// <param name="message">One sentence: who was asked for what, what was answered, and what to do.</param>
/// <param name="cause">What lies behind it; null for nothing.</param>
public sealed class StackUnreachableException(string message, Exception? cause = null) : Exception(message, cause);
