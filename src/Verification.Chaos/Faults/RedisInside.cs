using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>Asks a node of Redis where it runs.</summary>
internal static class RedisInside
{
    private const string Configuration = "/usr/local/etc/redis/redis.conf";

    /// <summary>What it answers to a line for a shell, in which <c>redis-cli</c> is let in.</summary>
    /// <exception cref="InvalidOperationException">The node refuses, or does not answer.</exception>
    public static async Task<string> AskRedisAsync(
        this IStackControl control,
        StackInstance node,
        string line,
        CancellationToken cancellationToken
    )
    {
        var ended = await control.ExecAsync(node, ["sh", "-c", line], cancellationToken).ConfigureAwait(false);
        return ended.ExitCode == 0
            ? ended.Output.Trim()
            : throw new InvalidOperationException($"{line} at {node.Name}: {ended.Error.Trim()}");
    }

    /// <summary>Gives a setting the value that the file has by which the node was started.</summary>
    /// <exception cref="InvalidOperationException">The node refuses, or does not answer.</exception>
    public static Task SetAsStartedAsync(
        this IStackControl control,
        StackInstance node,
        string setting,
        CancellationToken cancellationToken
    ) =>
        control.AskRedisAsync(
            node,
            $"redis-cli -e CONFIG SET {setting} \"$(sed -n 's/^{setting} //p' {Configuration})\"",
            cancellationToken
        );
}
