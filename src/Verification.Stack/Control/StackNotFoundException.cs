namespace Verification.Stack.Control;

/// <summary>Where a stack is said to be there is none: what names it names something else, or it is gone.</summary>
/// <param name="message">One sentence: what was looked for, what there is, and what to do.</param>
/// <param name="cause">What lies behind it; null for nothing.</param>
public sealed class StackNotFoundException(string message, Exception? cause = null) : Exception(message, cause);
