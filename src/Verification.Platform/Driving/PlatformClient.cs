using Verification.Objectives;

namespace Verification.Platform;

/// <summary>A client of both services. Every operation stands in the history: its invocation before it is sent, its completion with what is
/// known of it.</summary>
public sealed class PlatformClient : IDisposable
{
    private readonly IHttpTransport dashboard;
    private readonly IHttpTransport server;
    private readonly string dashboardName;
    private readonly string serverName;
    private readonly ScenarioHistory history;
    private readonly ObservationFiles files;

    /// <summary>Makes a client.</summary>
    /// <param name="dashboard">Transport to the Dashboard.</param>
    /// <param name="dashboardName">Name of its instance.</param>
    /// <param name="server">Transport to the Server.</param>
    /// <param name="serverName">Name of its instance.</param>
    /// <param name="history">Where operations are recorded.</param>
    /// <param name="files">Where lists are kept.</param>
    public PlatformClient(
        IHttpTransport dashboard,
        string dashboardName,
        IHttpTransport server,
        string serverName,
        ScenarioHistory history,
        ObservationFiles files
    )
    {
        (this.dashboard, this.dashboardName) = (dashboard, dashboardName);
        (this.server, this.serverName) = (server, serverName);
        (this.history, this.files) = (history, files);
    }

    /// <summary>Posts a buff, with its trace.</summary>
    public Task<PostAnswer> PostAsync(BuffToPost buff, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(buff);
        var question = new HttpQuestion(HttpMethod.Post, Contract.PostPath)
        {
            Body = buff.Body(),
            ContentType = buff.ContentType,
            Headers = [new(TraceContext.Header, TraceContext.ParentOf(buff.Question))],
        };
        return PostAsync(buff.Question, question, buff.Process, cancellationToken);
    }

    /// <summary>Posts the bytes of a body as they are.</summary>
    /// <param name="marker">What its buff would be known by.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">Value of the header Content-Type; empty for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<PostAnswer> PostRawAsync(string marker, byte[] body, string contentType, CancellationToken cancellationToken) =>
        PostAsync(
            marker,
            new HttpQuestion(HttpMethod.Post, Contract.PostPath) { Body = body, ContentType = contentType },
            "client",
            cancellationToken
        );

    /// <summary>Posts as a question says.</summary>
    /// <param name="marker">What its buff is known by.</param>
    /// <param name="question">What is sent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<PostAnswer> PostAsync(string marker, HttpQuestion question, CancellationToken cancellationToken) =>
        PostAsync(marker, question, "client", cancellationToken);

    /// <summary>Lists the buffs.</summary>
    public async Task<ListAnswer> ListAsync(CancellationToken cancellationToken)
    {
        var invocation = history.Invoke("client", "get", serverName, marker: null);
        var answer = new ListAnswer(
            await server.SendAsync(new HttpQuestion(HttpMethod.Get, Contract.ListPath), cancellationToken).ConfigureAwait(false)
        );
        history.End(
            invocation,
            Outcomes.OfList(answer.Status),
            DetailOf(answer.Http),
            answer.IsList ? answer.Buffs.Count : null,
            answer.IsList ? files.Keep(answer.Buffs) : null
        );
        return answer;
    }

    /// <summary>Asks the Dashboard anything that posts no buff.</summary>
    public Task<HttpAnswer> AskDashboardAsync(HttpQuestion question, CancellationToken cancellationToken) =>
        AskAsync(dashboard, dashboardName, question, cancellationToken);

    /// <summary>Asks the Server anything.</summary>
    public Task<HttpAnswer> AskServerAsync(HttpQuestion question, CancellationToken cancellationToken) =>
        AskAsync(server, serverName, question, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        dashboard.Dispose();
        server.Dispose();
    }

    private static string DetailOf(HttpAnswer answer) => answer.Error?.Message ?? $"{answer.Status}";

    private async Task<PostAnswer> PostAsync(string marker, HttpQuestion question, string process, CancellationToken cancellationToken)
    {
        var invocation = history.Invoke(process, "post", dashboardName, marker);
        var http = await dashboard.SendAsync(question, cancellationToken).ConfigureAwait(false);
        var answer = new PostAnswer(marker, Outcomes.OfPost(http.Status, http.Error), http);
        history.End(invocation, answer.Outcome, DetailOf(http));
        return answer;
    }

    private async Task<HttpAnswer> AskAsync(IHttpTransport service, string name, HttpQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var invocation = history.Invoke("client", $"{question.Method.Method.ToLowerInvariant()} {question.Path}", name, marker: null);
        var answer = await service.SendAsync(question, cancellationToken).ConfigureAwait(false);
        history.End(invocation, answer.Status is >= 200 and < 300 ? Outcome.Ok : Outcome.Fail, DetailOf(answer));
        return answer;
    }
}
