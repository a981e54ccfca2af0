namespace Verification.Cluster.Programs;

/// <summary>A program that deploys is in none of its places.</summary>
/// <param name="message">One sentence: which, where it was looked for, what to do.</param>
public sealed class ToolMissingException(string message) : Exception(message);
