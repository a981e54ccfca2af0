namespace Verification.Stomp;

/// <summary>A received message.</summary>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
public sealed record StompMessage(StompHeaders Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Id by which it is acknowledged.</summary>
    public string AckId => Headers["ack"] ?? Headers["message-id"] ?? string.Empty;

    /// <summary>Id that the broker gave it.</summary>
    public string Id => Headers["message-id"] ?? string.Empty;

    /// <summary>Whether the broker has delivered it before.</summary>
    public bool IsRedelivered => Headers["redelivered"] == "true";
}
