using Verification.Platform;
using Verification.Stack.Control;

namespace Verification.Testing;

/// <summary>Carries questions, but of those that may change something no more than a run may send to a platform that is not its
/// own.</summary>
/// <param name="transport">What carries them.</param>
/// <param name="budget">How many are left.</param>
/// <param name="stack">The stack that is asked.</param>
public sealed class BoundedTransport(IHttpTransport transport, PostBudget budget, string stack) : IHttpTransport
{
    /// <inheritdoc />
    /// <exception cref="StackProtectedException">It would be one too many.</exception>
    public Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return ReadingTransport.Reads(question) || budget.TryTake()
            ? transport.SendAsync(question, cancellationToken)
            : throw new StackProtectedException(stack, $"post more than {PostBudget.Most} buffs in one run");
    }

    /// <inheritdoc />
    public void Dispose() => transport.Dispose();
}
