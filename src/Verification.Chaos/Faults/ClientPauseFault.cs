using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Chaos.Faults;

/// <summary>Every node of Redis takes commands and answers none, for a time (CLIENT PAUSE): it ends by itself, also should this process
/// die.</summary>
public sealed class ClientPauseFault : IFault
{
    private static readonly TimeSpan Extra = TimeSpan.FromSeconds(10);
    private readonly AttachedStack stack;
    private readonly TimeSpan duration;

    internal ClientPauseFault(AttachedStack stack, TimeSpan duration) => (this.stack, this.duration) = (stack, duration);

    /// <inheritdoc />
    public string Name => "client-pause";

    /// <inheritdoc />
    public string Target => "redis";

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var redis = await stack.RedisAsync().ConfigureAwait(false);
        foreach (var node in redis.Multiplexer.GetServers())
            await node.ExecuteAsync("CLIENT", "PAUSE", (long)duration.TotalMilliseconds, "ALL").ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var redis = await stack.RedisAsync().ConfigureAwait(false);
        var asked = redis.KeyExistsAsync(Contract.CacheKey);
        var first = await Task.WhenAny(asked, Task.Delay(TimeSpan.FromMilliseconds(300), cancellationToken)).ConfigureAwait(false);
        if (first == asked)
            return null;
        // Nobody waits for this answer.
        _ = asked.ContinueWith(
            late => late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        return "Redis takes a command and does not answer";
    }

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) =>
        Eventually.SucceedsAsync(
            "Redis answers again",
            duration + Extra,
            async _ => await (await stack.RedisAsync().ConfigureAwait(false)).KeyExistsAsync(Contract.CacheKey).ConfigureAwait(false),
            cancellationToken
        );
}
