using RestSharp;
using RestSharp.Interceptors;
using Verification.Platform;

namespace Verification.Testing;

/// <summary>Requests of functional tests, over RestSharp; what goes over the wire is what the test says.</summary>
public sealed class RestTransport : IHttpTransport
{
    private readonly RestClient client;

    /// <summary>Makes a transport.</summary>
    /// <param name="service">Address of the service.</param>
    /// <param name="deadline">How long one request may take.</param>
    public RestTransport(Uri service, TimeSpan deadline) =>
        client = new RestClient(
            new RestClientOptions(service)
            {
                Timeout = deadline,
                ThrowOnAnyError = false,
                FollowRedirects = false,
                ConfigureMessageHandler = _ => HttpTransport.NewHandler(),
            }
        );

    /// <inheritdoc />
    public async Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var wire = new Wire(question);
        var request = new RestRequest(question.Path, Enum.Parse<Method>(question.Method.Method, ignoreCase: true))
        {
            Interceptors = [wire],
        };
        var response = await client.ExecuteAsync(request, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        // RestSharp calls an answer that is no success an error; here it is an answer.
        return wire.Answer ?? HttpAnswer.None(response.ErrorException ?? new HttpRequestException("no answer, and no reason told"));
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    /// <summary>Puts the bytes of a question onto the wire, and takes the answer from it.</summary>
    private sealed class Wire(HttpQuestion question) : Interceptor
    {
        public HttpAnswer? Answer { get; private set; }

        public override ValueTask BeforeHttpRequest(HttpRequestMessage requestMessage, CancellationToken cancellationToken)
        {
            question.Fill(requestMessage);
            return ValueTask.CompletedTask;
        }

        public override async ValueTask AfterHttpRequest(HttpResponseMessage responseMessage, CancellationToken cancellationToken) =>
            Answer = await HttpTransport.ReadAsync(responseMessage, cancellationToken);
    }
}
