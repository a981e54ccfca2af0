using SportBuff.Server.Storage;

namespace SportBuff.Server.Listing;

/// <summary>A problem (RFC 9457).</summary>
internal sealed record ServerProblem(string Type, int Status, string Detail)
{
    private const string RetryAfterSeconds = "2";

    /// <summary>What can't be answered now: 503, and when to ask again.</summary>
    public static IResult Unavailable(string detail, HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Results.Json(
            new ServerProblem("about:blank", StatusCodes.Status503ServiceUnavailable, detail),
            ServerJson.Default.ServerProblem,
            "application/problem+json",
            StatusCodes.Status503ServiceUnavailable
        );
    }
}
