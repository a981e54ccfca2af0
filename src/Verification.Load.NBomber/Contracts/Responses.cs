namespace NBomber.Contracts;

/// <summary>How an iteration ended.</summary>
public interface IResponse
{
    /// <summary>A status, such as that of HTTP; empty for none.</summary>
    string StatusCode { get; }

    /// <summary>Whether it failed.</summary>
    bool IsError { get; }

    /// <summary>How much came, in bytes.</summary>
    long SizeBytes { get; }

    /// <summary>What was wrong; empty for nothing.</summary>
    string Message { get; }
}

/// <summary>How a step ended, with what it hands on.</summary>
/// <typeparam name="T">Type of what it hands on.</typeparam>
public sealed record Response<T> : IResponse
{
    /// <inheritdoc />
    public string StatusCode { get; init; } = "";

    /// <inheritdoc />
    public bool IsError { get; init; }

    /// <inheritdoc />
    public long SizeBytes { get; init; }

    /// <inheritdoc />
    public string Message { get; init; } = "";

    /// <summary>What it hands on.</summary>
    public Payload<T> Payload { get; init; }
}

/// <summary>What a step hands on, if anything (NBomber has an F# option here, which a scenario reads by the same members).</summary>
/// <typeparam name="T">Its type.</typeparam>
public readonly record struct Payload<T>
{
    private readonly T? value;
    private readonly bool isSome;

    /// <summary>Something.</summary>
    public Payload(T value) => (this.value, isSome) = (value, true);

    /// <summary>What it is.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value =>
        isSome
            ? value!
            : throw new InvalidOperationException(
                "The response has no payload: ask IsSome() first, or hand one to Response.Ok(payload: …)."
            );

    /// <summary>Whether there is any.</summary>
    public bool IsSome() => isSome;

    /// <summary>Whether there is none.</summary>
    public bool IsNone() => !isSome;
}
