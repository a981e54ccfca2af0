namespace Verification.Platform;

/// <summary>Carries requests to one service. What goes wrong on the way is an answer without a status, no exception.</summary>
public interface IHttpTransport : IDisposable
{
    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="question">The request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended by <paramref name="cancellationToken"/>.</exception>
    Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken);
}

/// <summary>Makes the transport to a service.</summary>
/// <param name="service">Its address.</param>
/// <param name="deadline">How long one request may take.</param>
public delegate IHttpTransport HttpTransportFactory(Uri service, TimeSpan deadline);
