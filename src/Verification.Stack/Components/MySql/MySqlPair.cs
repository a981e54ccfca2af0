using Verification.Stack.Control;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.MySql;

/// <summary>The programs of <c>config/mysql/</c> by which one of two servers becomes the source and the other its replica, run beside the
/// server that they are about:
/// in its container or its pod.</summary>
public static class MySqlPair
{
    /// <summary>The forming of the pair as a step of a start.</summary>
    internal const string Step = "mysql pair";

    /// <summary>Each of the programs, and what they share: those that only a cluster's jobs start, too, as all of them are deployed
    /// together.</summary>
    internal static readonly IReadOnlyList<ConfigFile> Programs =
    [
        new("pair", ConfigFormat.Whole),
        new("promote", ConfigFormat.Whole),
        new("rejoin", ConfigFormat.Whole),
        new("form", ConfigFormat.Whole),
        new("relieve", ConfigFormat.Whole),
        new("end-pod", ConfigFormat.Whole),
    ];

    private const string Folder = "/usr/local/lib/mysql-pair";

    /// <summary>Fences the source that a replica follows, and makes the replica the source in its place: <c>promote</c>.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="replica">The replica.</param>
    /// <param name="isDead">Whether the source is known to be dead, as one that was killed is: the name of a container that has ended is
    /// not known, and by that alone nobody would promote over it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It was refused; the message says why.</exception>
    public static Task PromoteAsync(AttachedStack stack, StackInstance replica, bool isDead, CancellationToken cancellationToken) =>
        PromoteAsync(stack, replica, isDead ? Command("promote", "--fenced") : Command("promote"), cancellationToken);

    /// <summary>Makes a server that follows no source, as both were down, the source: <c>promote --first</c>. It is to be the one that has
    /// the more of what was written.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="server">The server.</param>
    /// <param name="other">The other one, which has to say that it has no more.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It was refused; the message says why.</exception>
    public static Task PromoteFirstAsync(
        AttachedStack stack,
        StackInstance server,
        StackInstance other,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(other);
        return PromoteAsync(stack, server, Command("promote", "--first", other.Name), cancellationToken);
    }

    /// <summary>Makes a server that takes no writes the replica of the source: <c>rejoin</c>. A server that has to clone starts anew while
    /// it does so, and is to be asked again.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="server">The server.</param>
    /// <param name="source">The source.</param>
    /// <param name="discards">Whether what only the server has is given up; it is refused (3) otherwise where there is such.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How it ended; 0 is success.</returns>
    public static Task<CommandResult> RejoinAsync(
        AttachedStack stack,
        StackInstance server,
        StackInstance source,
        bool discards,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(source);
        return stack.Control.ExecAsync(
            server,
            discards ? Command("rejoin", source.Name, "--discard") : Command("rejoin", source.Name),
            cancellationToken
        );
    }

    /// <summary>Forms a pair of two servers that have just been made: the first is the source.</summary>
    /// <exception cref="StartException">It could not be formed.</exception>
    internal static async Task FormAsync(IReadOnlyList<StackComponent> servers, CancellationToken cancellationToken)
    {
        await RunAsync(servers[0], Command("promote", "--first", servers[1].Name)).ConfigureAwait(false);
        await RunAsync(servers[1], Command("rejoin", servers[0].Name)).ConfigureAwait(false);

        async Task RunAsync(StackComponent server, IReadOnlyList<string> command)
        {
            var ended = await server.Container.ExecAsync([.. command], cancellationToken).ConfigureAwait(false);
            if (ended.ExitCode != 0)
            {
                var failure = $"{string.Join(' ', command)} in {server.Name} ended with {ended.ExitCode}.";
                throw new StartException(
                    Step,
                    InstanceRole.Mysql,
                    failure,
                    $"{ended.Stdout}\n{ended.Stderr}".Trim(),
                    new InvalidOperationException(failure)
                );
            }
        }
    }

    private static async Task PromoteAsync(
        AttachedStack stack,
        StackInstance server,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(server);
        var ended = await stack.Control.ExecAsync(server, command, cancellationToken).ConfigureAwait(false);
        if (ended.ExitCode != 0)
            throw new InvalidOperationException($"{server.Name} was not promoted: {ended.Error.Trim()}");
    }

    /// <summary>Where a program lies inside.</summary>
    internal static string PathOf(ConfigFile program) => $"{Folder}/{program.Name}";

    private static string[] Command(string program, params string[] arguments) => ["bash", $"{Folder}/{program}", .. arguments];
}
