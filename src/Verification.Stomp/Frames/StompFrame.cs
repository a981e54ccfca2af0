namespace Verification.Stomp;

/// <summary>One frame of the conversation.</summary>
/// <param name="Command">One of <see cref="StompCommand"/>.</param>
/// <param name="Headers">Headers in their order, unescaped.</param>
/// <param name="Body">Body, owned by the frame; empty for all but SEND, MESSAGE and ERROR.</param>
public sealed record StompFrame(string Command, StompHeaders Headers, ReadOnlyMemory<byte> Body);
