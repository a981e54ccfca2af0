namespace Verification.Stomp;

/// <summary>How much one received frame may hold. Beyond it, reading ends with <see cref="StompProtocolException"/>.</summary>
/// <param name="MaxHeaders">Most headers.</param>
/// <param name="MaxHeaderLine">Most bytes of one header line, escaped, without its end.</param>
/// <param name="MaxBody">Most bytes of a body.</param>
public sealed record StompLimits(int MaxHeaders = 128, int MaxHeaderLine = 16 * 1024, int MaxBody = 16 * 1024 * 1024)
{
    /// <summary>128 headers of 16 KiB, a body of 16 MiB.</summary>
    public static StompLimits Default { get; } = new();
}
