namespace Verification.Recovery;

/// <summary>The binary logs of an archive don't follow each other, or one of them can't be read. The message is one sentence for whoever
/// restores.</summary>
/// <param name="message">It.</param>
public sealed class ChainBrokenException(string message) : Exception(message);
