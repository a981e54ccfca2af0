using Verification.Stack;
using Verification.Stack.Components.MySql;
using Verification.Stack.Readiness;

namespace Verification.Chaos.Faults;

/// <summary>A pair of MySQL servers one or both of which have died and run again: each starts read-only, so that a source that runs
/// again is none yet.</summary>
/// <param name="stack">The stack.</param>
public sealed class LeftPair(AttachedStack stack)
{
    // A server that clones starts anew meanwhile, and can't be asked.
    private static readonly Patience Patience = new(TimeSpan.FromSeconds(60))
    {
        NotYet = e => e is InvalidOperationException || Patience.IsOfTheConnection(e),
    };

    private readonly IReadOnlyList<StackInstance> servers = [.. stack.Instances(InstanceRole.Mysql)];

    /// <summary>Has one of them take writes, and the other follow it; nothing where there is no pair.</summary>
    /// <exception cref="StateNotSeenException">They don't.</exception>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        if (servers.Count != 2)
            return;
        var source = await Eventually
            .SeeAsync("a MySQL server takes writes", Patience, SourceAsync, found => found is not null, cancellationToken)
            .ConfigureAwait(false);
        var replica = servers.Single(server => server != source);
        await Eventually
            .SeeAsync(
                $"{replica.Name} follows {source!.Name}",
                Patience,
                ct => MySqlPair.RejoinAsync(stack, replica, source, discards: true, ct),
                ended => ended.ExitCode == 0,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Who takes writes, or is made to: the one that follows the other. The one that follows nobody refuses.</summary>
    private async Task<StackInstance?> SourceAsync(CancellationToken cancellationToken)
    {
        foreach (var server in servers)
        {
            var told = await stack
                .Control.AskMySqlAsync(server, "SHOW GLOBAL VARIABLES LIKE 'read_only'", cancellationToken)
                .ConfigureAwait(false);
            if (told.EndsWith("OFF", StringComparison.Ordinal))
                return server;
        }

        foreach (var server in servers)
        {
            var status = await stack.Control.AskMySqlAsync(server, "SHOW REPLICA STATUS", cancellationToken).ConfigureAwait(false);
            if (status.Length == 0)
                continue;
            await MySqlPair.PromoteAsync(stack, server, isDead: false, cancellationToken).ConfigureAwait(false);
            return server;
        }

        return null;
    }
}
