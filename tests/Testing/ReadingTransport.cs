using Verification.Platform;
using Verification.Stack.Control;

namespace Verification.Testing;

/// <summary>Carries questions that change nothing, and refuses all others.</summary>
/// <param name="transport">What carries them.</param>
/// <param name="stack">The stack that is asked.</param>
public sealed class ReadingTransport(IHttpTransport transport, string stack) : IHttpTransport
{
    private static readonly HttpMethod[] Reading = [HttpMethod.Get, HttpMethod.Head];

    /// <summary>Whether a question changes nothing.</summary>
    public static bool Reads(HttpQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return Reading.Contains(question.Method);
    }

    /// <inheritdoc />
    /// <exception cref="StackProtectedException">It would change something.</exception>
    public Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return Reads(question)
            ? transport.SendAsync(question, cancellationToken)
            : throw new StackProtectedException(stack, $"send {question.Method} {question.Path}");
    }

    /// <inheritdoc />
    public void Dispose() => transport.Dispose();
}
