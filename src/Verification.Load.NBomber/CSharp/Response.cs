using NBomber.Contracts;

namespace NBomber.CSharp;

/// <summary>How a step or an iteration ended. Arguments are given by name: their order differs between the two.</summary>
public static class Response
{
    /// <summary>Well.</summary>
    public static Response<object> Ok() => new();

    /// <summary>Well.</summary>
    public static Response<object> Ok(string statusCode = "", long sizeBytes = 0, string message = "") =>
        Ok<object>(statusCode, sizeBytes, message);

    /// <summary>Well.</summary>
    public static Response<T> Ok<T>(string statusCode = "", long sizeBytes = 0, string message = "") =>
        new()
        {
            StatusCode = statusCode,
            SizeBytes = sizeBytes,
            Message = message,
        };

    /// <summary>Well, with what it hands on.</summary>
    public static Response<T> Ok<T>(T payload, string statusCode = "", long sizeBytes = 0, string message = "") =>
        Ok<T>(statusCode, sizeBytes, message) with
        {
            Payload = new Payload<T>(payload),
        };

    /// <summary>Not well.</summary>
    public static Response<object> Fail() => new() { IsError = true };

    /// <summary>Not well.</summary>
    public static Response<object> Fail(string statusCode = "", string message = "", long sizeBytes = 0) =>
        Fail<object>(statusCode, message, sizeBytes);

    /// <summary>Not well.</summary>
    public static Response<T> Fail<T>(string statusCode = "", string message = "", long sizeBytes = 0) =>
        new()
        {
            IsError = true,
            StatusCode = statusCode,
            SizeBytes = sizeBytes,
            Message = message,
        };

    /// <summary>Not well, with what it hands on.</summary>
    public static Response<T> Fail<T>(T payload, string statusCode = "", string message = "", long sizeBytes = 0) =>
        Fail<T>(statusCode, message, sizeBytes) with
        {
            Payload = new Payload<T>(payload),
        };
}
