using System.Diagnostics;

namespace Verification.Stack.Readiness;

/// <summary>Waits for states, never for time: asks again and again until the state is there or its deadline has passed.</summary>
public static class Eventually
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until <paramref name="ask"/> answers without an exception and <paramref name="isThere"/> accepts the answer.</summary>
    /// <param name="state">What is awaited, to say so in the error: <c>mysql answers SELECT 1</c>.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="ask">One look at the state; any exception means not yet.</param>
    /// <param name="isThere">Whether the answer is the awaited one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StateNotSeenException">The state was not there in time.</exception>
    public static async Task<T> SeeAsync<T>(string state, TimeSpan deadline, Func<CancellationToken, Task<T>> ask, Func<T, bool> isThere, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline);
        var seen = "nothing";
        Exception? cause = null;
        while (true)
        {
            try
            {
                var answer = await ask(limit.Token).ConfigureAwait(false);
                if (isThere(answer))
                    return answer;
                seen = $"{answer}";
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                cause = e;
                if (!limit.IsCancellationRequested || e is not OperationCanceledException)
                    seen = e.Message;
            }

            try
            {
                await Task.Delay(Poll, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                throw new StateNotSeenException(state, waited.Elapsed, seen, cause ?? late);
            }
        }
    }

    /// <summary>Asks until <paramref name="ask"/> says yes.</summary>
    /// <inheritdoc cref="SeeAsync{T}"/>
    public static Task IsTrueAsync(string state, TimeSpan deadline, Func<CancellationToken, Task<bool>> ask, CancellationToken cancellationToken) =>
        SeeAsync(state, deadline, ask, answer => answer, cancellationToken);

    /// <summary>Tries until <paramref name="attempt"/> ends without an exception.</summary>
    /// <inheritdoc cref="SeeAsync{T}"/>
    public static Task SucceedsAsync(string state, TimeSpan deadline, Func<CancellationToken, Task> attempt, CancellationToken cancellationToken) =>
        SeeAsync(
            state,
            deadline,
            async ct =>
            {
                await attempt(ct).ConfigureAwait(false);
                return true;
            },
            answer => answer,
            cancellationToken);
}
