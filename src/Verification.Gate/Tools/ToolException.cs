namespace Verification.Gate.Tools;

/// <summary>A program can't be had.</summary>
/// <param name="message">Why, in a clause without a full stop: what was asked, what was seen, what to do.</param>
internal sealed class ToolException(string message) : Exception(message);
