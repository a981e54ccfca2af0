using System.Text;

namespace Verification.Stomp;

/// <summary>The broker answered with an ERROR frame, after which it closes the connection.</summary>
public sealed class StompErrorException : StompException
{
    private const int ShownBytes = 1024;

    /// <summary>Creates the error from the broker's frame.</summary>
    /// <param name="peer">Host and port of the broker.</param>
    /// <param name="frame">The ERROR frame.</param>
    public StompErrorException(string peer, StompFrame frame)
        : base($"{peer} answered ERROR: {frame.Headers["message"] ?? "(no message)"}{Shown(frame.Body)}")
    {
        Frame = frame;
    }

    /// <summary>The ERROR frame as received.</summary>
    public StompFrame Frame { get; }

    private static string Shown(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return "";
        var text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, ShownBytes)]);
        return $" ({text.Trim().ReplaceLineEndings(" ")})";
    }
}
