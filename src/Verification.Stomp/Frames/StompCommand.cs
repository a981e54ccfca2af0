namespace Verification.Stomp;

/// <summary>The commands of STOMP 1.2, client's and broker's.</summary>
public static class StompCommand
{
    public const string Connect = "CONNECT";
    public const string Stomp = "STOMP";
    public const string Connected = "CONNECTED";
    public const string Send = "SEND";
    public const string Subscribe = "SUBSCRIBE";
    public const string Unsubscribe = "UNSUBSCRIBE";
    public const string Ack = "ACK";
    public const string Nack = "NACK";
    public const string Begin = "BEGIN";
    public const string Commit = "COMMIT";
    public const string Abort = "ABORT";
    public const string Disconnect = "DISCONNECT";
    public const string Message = "MESSAGE";
    public const string Receipt = "RECEIPT";
    public const string Error = "ERROR";

    private static readonly string[] All =
    [
        Receipt,
        Message,
        Send,
        Ack,
        Connected,
        Connect,
        Stomp,
        Subscribe,
        Unsubscribe,
        Nack,
        Begin,
        Commit,
        Abort,
        Disconnect,
        Error,
    ];

    /// <summary>Length in bytes of the longest command.</summary>
    internal const int MaxLength = 11;

    /// <summary>The command these bytes spell, as the shared constant; null when there is no such command.</summary>
    internal static string? Find(ReadOnlySpan<byte> name)
    {
        foreach (var command in All)
        {
            if (System.Text.Ascii.Equals(name, command))
                return command;
        }

        return null;
    }

    /// <summary>Whether the headers of such a frame are escaped. CONNECT and CONNECTED are not, to stay compatible with STOMP
    /// 1.0.</summary>
    internal static bool EscapesHeaders(string command) => command is not (Connect or Connected);

    /// <summary>Whether such a frame may have a body.</summary>
    internal static bool MayHaveBody(string command) => command is Send or Message or Error;
}
