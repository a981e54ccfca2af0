using SportBuff.Server.Storage;

namespace SportBuff.Server.Listing;

/// <summary>A problem (RFC 9457).</summary>
internal sealed record ServerProblem(string Type, int Status, string Detail)
{
    public static IResult Unavailable(string detail) => Results.Json(
        new ServerProblem("about:blank", StatusCodes.Status503ServiceUnavailable, detail),
        ServerJson.Default.ServerProblem,
        "application/problem+json",
        StatusCodes.Status503ServiceUnavailable);
}
