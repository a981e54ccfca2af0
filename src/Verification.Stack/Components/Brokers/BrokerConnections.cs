using Verification.Stack.Readiness;
using Verification.Stomp;

namespace Verification.Stack.Components.Brokers;

/// <summary>Connections of the suite itself to a broker that is known to serve: what it has to do there is no check of whether it
/// does.</summary>
public static class BrokerConnections
{
    private static readonly Patience Patience = new(TimeSpan.FromSeconds(20)) { NotYet = failure => failure is StompConnectionException };

    /// <summary>Connects, again where no answer comes. After a freeze a thread of Artemis 2.40 can be held by its own lock for good
    /// (https://issues.apache.org/jira/browse/ARTEMIS-5874, mended in 2.51), and with it one connection in as many as there are threads:
    /// the next one is served by another.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">None was answered within 20 s.</exception>
    /// <exception cref="StompErrorException">The broker refused.</exception>
    public static Task<StompConnection> ConnectAsync(StompOptions broker, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(broker);
        return Eventually.SeeAsync(
            $"the broker at {broker.Host}:{broker.Port} answers CONNECT",
            Patience,
            ct => StompClient.ConnectAsync(broker, ct),
            _ => true,
            cancellationToken
        );
    }
}
