using NBomber.Contracts;

namespace NBomber.Running;

/// <summary>The responses that NBomber gives for an exception.</summary>
internal static class Unanswered
{
    /// <summary>Status of an operation that was not answered in time.</summary>
    public const string TimeOut = "-100";

    private const string Exception = "-101";

    /// <summary>The response for an exception.</summary>
    public static Response<T> By<T>(Exception exception) =>
        exception is OperationCanceledException
            ? new Response<T>
            {
                IsError = true,
                StatusCode = TimeOut,
                Message = "operation timeout",
            }
            : new Response<T>
            {
                IsError = true,
                StatusCode = Exception,
                Message = exception.Message,
            };
}

/// <summary>A step has failed, and its iteration ends with it.</summary>
/// <param name="response">How it failed.</param>
internal sealed class FailedStepException(IResponse response) : Exception(response.Message)
{
    /// <summary>How it failed.</summary>
    public IResponse Response => response;
}
