using System.Net.Sockets;
using Docker.DotNet;
using MySqlConnector;
using StackExchange.Redis;
using Verification.Stack.Components.Brokers;
using Verification.Stomp;

namespace Verification.Stack.Readiness;

/// <summary>Waits for states, never for time: asks again and again until the state is there or its deadline has passed.</summary>
public static class Eventually
{
    // Most states are there at once or take seconds.
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until <paramref name="isThere"/> accepts the answer.</summary>
    /// <param name="state">What is awaited, to say so in the error: <c>mysql answers SELECT 1</c>.</param>
    /// <param name="patience">How long to wait, and which failures mean "not yet"; every other one flies through at once.</param>
    /// <param name="ask">One look at the state.</param>
    /// <param name="isThere">Whether the answer is the awaited one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StateNotSeenException">The state was not there in time, or waiting on would have been in vain.</exception>
    public static async Task<T> SeeAsync<T>(
        string state,
        Patience patience,
        Func<CancellationToken, Task<T>> ask,
        Func<T, bool> isThere,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(patience);
        var started = patience.Time.GetTimestamp();
        using var over = new CancellationTokenSource(patience.Deadline, patience.Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        var seen = "nothing";
        Exception? cause = null;
        for (var pause = FirstPoll; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPoll.Ticks)))
        {
            try
            {
                var answer = await ask(limit.Token).ConfigureAwait(false);
                if (isThere(answer))
                    return answer;
                seen = $"{answer}";
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
            {
                cause ??= e;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && patience.NotYet(e))
            {
                (cause, seen) = (e, e.Message);
            }

            if (await patience.InVainAsync(limit.Token).ConfigureAwait(false) is { } vain)
                throw new StateNotSeenException(state, patience.Time.GetElapsedTime(started), $"{seen}; {vain}", cause);

            try
            {
                await Task.Delay(pause, patience.Time, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                throw new StateNotSeenException(state, patience.Time.GetElapsedTime(started), seen, cause ?? late);
            }
        }
    }

    /// <summary>Asks until <paramref name="ask"/> says yes.</summary>
    /// <inheritdoc cref="SeeAsync{T}"/>
    public static Task IsTrueAsync(
        string state,
        Patience patience,
        Func<CancellationToken, Task<bool>> ask,
        CancellationToken cancellationToken
    ) => SeeAsync(state, patience, ask, answer => answer, cancellationToken);

    /// <summary>Tries until <paramref name="attempt"/> ends without a failure.</summary>
    /// <inheritdoc cref="SeeAsync{T}"/>
    public static Task SucceedsAsync(
        string state,
        Patience patience,
        Func<CancellationToken, Task> attempt,
        CancellationToken cancellationToken
    ) =>
        SeeAsync(
            state,
            patience,
            async ct =>
            {
                await attempt(ct).ConfigureAwait(false);
                return true;
            },
            answer => answer,
            cancellationToken
        );
}

/// <summary>How long a state is awaited, and what on the way means that it is not there yet.</summary>
/// <param name="Deadline">How long.</param>
public sealed record Patience(TimeSpan Deadline)
{
    /// <summary>Which failures mean "not yet". Those of a connection, unless told otherwise: anything else is a fault of whoever
    /// asks.</summary>
    public Func<Exception, bool> NotYet { get; init; } = IsOfTheConnection;

    /// <summary>Why it would be in vain to wait on, asked after each look that was; null while it may help.</summary>
    public Func<CancellationToken, Task<string?>> InVain { get; init; } = _ => Task.FromResult<string?>(null);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A time is a patience.</summary>
    public static implicit operator Patience(TimeSpan deadline) => new(deadline);

    /// <summary>The same by name.</summary>
    public static Patience FromTimeSpan(TimeSpan deadline) => new(deadline);

    // EPIPE and ECONNRESET: the other side of a pipe or a socket has gone.
    private static readonly int[] Gone = [32, 104];

    /// <summary>Whether a failure is one of reaching or talking to a component: refused, broken off, timed out, answered with an
    /// error. A file that is missing or a disk that is full is none.</summary>
    public static bool IsOfTheConnection(Exception failure) =>
        failure
            is HttpRequestException
                or SocketException
                or TimeoutException
                or MySqlException
                or RedisException
                or StompException
                or ManagementRefusedException
                or DockerApiException
                or TaskCanceledException { InnerException: TimeoutException }
        || (failure is IOException io && !IsOfFiles(io));

    /// <summary>What a file refuses has the number of its error, or a type of its own; what a connection does has neither.</summary>
    private static bool IsOfFiles(IOException failure) =>
        failure is FileNotFoundException or DirectoryNotFoundException or PathTooLongException or DriveNotFoundException
        || (failure.HResult > 0 && !Gone.Contains(failure.HResult));

    /// <summary>Asks <see cref="InVain"/>; who does not answer gives no reason to stop.</summary>
    internal async Task<string?> InVainAsync(CancellationToken limit)
    {
        try
        {
            return await InVain(limit).ConfigureAwait(false);
        }
        catch (Exception e) when (limit.IsCancellationRequested || NotYet(e))
        {
            return null;
        }
    }
}
