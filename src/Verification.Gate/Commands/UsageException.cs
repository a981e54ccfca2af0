namespace Verification.Gate.Commands;

/// <summary>The program was called in a way that it cannot serve. The message names the thing, what was expected, and what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
