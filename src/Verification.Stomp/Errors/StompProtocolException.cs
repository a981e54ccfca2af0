namespace Verification.Stomp;

/// <summary>The bytes received are not STOMP 1.2, or go beyond <see cref="StompLimits"/>.</summary>
public sealed class StompProtocolException : StompException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was expected, what was seen.</param>
    public StompProtocolException(string message)
        : base(message) { }
}
