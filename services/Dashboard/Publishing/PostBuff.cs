using SportBuff.Dashboard.Validation;

namespace SportBuff.Dashboard.Publishing;

/// <summary><c>POST /buff</c>.</summary>
internal static class PostBuff
{
    private const string RetryAfterSeconds = "2";

    public static async Task<IResult> HandleAsync(HttpContext context, BuffPublisher publisher)
    {
        var (message, problem) = await BuffRequest.ReadAsync(context.Request, context.RequestAborted);
        if (problem is not null)
            return Problem(problem.Status, problem.Detail);

        var trace = TraceParent.Continue(context.Request.Headers[TraceParent.Header]);
        context.Response.Headers[TraceParent.Header] = trace.ToString();
        try
        {
            await publisher.PublishAsync(message, trace);
            context.Response.ContentLength = 0;
            return Results.StatusCode(StatusCodes.Status200OK);
        }
        catch (BrokerUnavailableException)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Problem(StatusCodes.Status503ServiceUnavailable, "No broker has confirmed the buff; it may or may not be queued.");
        }
    }

    private static IResult Problem(int status, string detail) =>
        Results.Json(new ProblemBody("about:blank", status, detail), DashboardJson.Default.ProblemBody, "application/problem+json", status);
}
