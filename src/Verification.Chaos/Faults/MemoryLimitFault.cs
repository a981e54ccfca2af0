using System.Globalization;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>A node of Redis may use hardly more memory than it does: of a replica, which goes by its master, nothing is evicted.</summary>
public sealed class MemoryLimitFault : IFault
{
    private const string Limit = "maxmemory";
    private const double Near = 0.9;

    // Lines of INFO end as those of its protocol do.
    private const string Used = @"redis-cli -e INFO memory | sed -n 's/^used_memory:\([0-9]*\).*/\1/p'";
    private readonly IStackControl control;
    private readonly StackInstance replica;

    internal MemoryLimitFault(IStackControl control, StackInstance replica) => (this.control, this.replica) = (control, replica);

    /// <inheritdoc />
    public string Name => "memory-limit";

    /// <inheritdoc />
    public string Target => replica.Name;

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) =>
        control.AskRedisAsync(replica, $"used=$({Used}) && redis-cli -e CONFIG SET {Limit} $((used * 20 / 19))", cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var told = await control.AskRedisAsync(replica, "redis-cli -e INFO memory", cancellationToken).ConfigureAwait(false);
        var (used, limit) = (FigureOf(told, "used_memory"), FigureOf(told, Limit));
        return limit > 0 && used > Near * limit ? $"{replica.Name} uses {used} of {limit} bytes" : null;
    }

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => control.SetAsStartedAsync(replica, Limit, cancellationToken);

    private static long FigureOf(string told, string name) =>
        long.Parse(
            told.Split('\n').First(line => line.StartsWith($"{name}:", StringComparison.Ordinal)).AsSpan()[(name.Length + 1)..].Trim(),
            CultureInfo.InvariantCulture
        );
}
