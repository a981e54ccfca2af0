namespace Verification.Stomp;

/// <summary>The broker cannot be reached, ended the connection, or fell silent. What was in flight may or may not have taken
/// effect.</summary>
public sealed class StompConnectionException : StompException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Which peer, what was expected, what was seen.</param>
    /// <param name="cause">The error underneath, if there is one.</param>
    public StompConnectionException(string message, Exception? cause = null)
        : base(message, cause) { }
}
