using System.Collections.Concurrent;
using Verification.Platform;

namespace Verification.Testing;

/// <summary>Carries questions, and looks at each answer for what is nobody's business.</summary>
/// <param name="transport">What carries them.</param>
/// <param name="leaksOf">What an answer gives away, a sentence each.</param>
/// <param name="leaks">Where that is kept.</param>
public sealed class WatchedTransport(
    IHttpTransport transport,
    Func<HttpQuestion, HttpAnswer, IReadOnlyList<string>> leaksOf,
    ConcurrentQueue<string> leaks
) : IHttpTransport
{
    /// <inheritdoc />
    public async Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(question, cancellationToken);
        foreach (var leak in leaksOf(question, answer))
            leaks.Enqueue(leak);
        return answer;
    }

    /// <inheritdoc />
    public void Dispose() => transport.Dispose();
}
