using Verification.Objectives;

namespace Verification.Platform;

/// <summary>What a client knows of its operation by the answer: the one table of it.</summary>
public static class Outcomes
{
    /// <summary>
    /// Of a POST: 2xx is taken; 4xx is refused; what did not reach the service did not happen; of anything else
    /// (a redirection, an error of the service, no answer to what was sent) nothing is known.
    /// </summary>
    /// <param name="status">Status code; 0 without an answer.</param>
    /// <param name="error">Why there is no answer.</param>
    public static Outcome OfPost(int status, Exception? error) =>
        status switch
        {
            >= 200 and < 300 => Outcome.Ok,
            >= 400 and < 500 => Outcome.Fail,
            0 when NeverSent(error) => Outcome.Fail,
            _ => Outcome.Info,
        };

    /// <summary>Of a listing: it changes nothing, so whatever is no list has failed.</summary>
    /// <param name="status">Status code; 0 without an answer.</param>
    public static Outcome OfList(int status) => status == 200 ? Outcome.Ok : Outcome.Fail;

    private static bool NeverSent(Exception? error) =>
        error
            is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError,
            };
}
