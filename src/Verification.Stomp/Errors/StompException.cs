namespace Verification.Stomp;

/// <summary>What went wrong between a STOMP client and its broker; the derived type says which side of the conversation is to
/// blame.</summary>
public abstract class StompException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was expected, what was seen.</param>
    /// <param name="cause">The error underneath, if there is one.</param>
    protected StompException(string message, Exception? cause = null)
        : base(message, cause) { }

    /// <summary>The same again, for one of several calls that it ends: one object thrown on many stacks would mix their traces.</summary>
    internal StompException Echo() =>
        this switch
        {
            StompErrorException error => error,
            StompProtocolException protocol => new StompProtocolException(protocol.Message),
            _ => new StompConnectionException(Message, this),
        };
}
