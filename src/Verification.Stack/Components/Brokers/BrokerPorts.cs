namespace Verification.Stack.Components.Brokers;

/// <summary>The ports a broker listens on inside, whichever kind it is.</summary>
public static class BrokerPorts
{
    /// <summary>STOMP in clear.</summary>
    public const int Stomp = 61613;

    /// <summary>STOMP over TLS.</summary>
    public const int StompTls = 61614;
}
