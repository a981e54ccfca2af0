using System.Net;

namespace Verification.Stack.Control;

/// <summary>What every provider can do to the instances of a running stack. Each call finds the instance anew, and returns when it has the
/// state that is asked for.
/// What a provider can do beyond that is an interface that its control implements or doesn't: <see cref="IFreezes"/>,
/// <see cref="IPartitions"/>, <see cref="IReadsStatistics"/>.
/// Whatever would change an instance throws <see cref="StackProtectedException"/> where the stack may not be changed.</summary>
public interface IStackControl : IAsyncDisposable
{
    /// <summary>Ends it at once (SIGKILL).</summary>
    Task KillAsync(StackInstance instance, CancellationToken cancellationToken);

    /// <summary>Asks it to end (SIGTERM), and kills it after <paramref name="patience"/>.</summary>
    /// <returns>Its exit code.</returns>
    Task<long> StopAsync(StackInstance instance, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Sees to it that it runs again after its end, with the data it had. Returns when its main process lives; whether it answers
    /// is another question.</summary>
    Task StartAsync(StackInstance instance, CancellationToken cancellationToken);

    /// <summary>Runs a command inside.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    Task<CommandResult> ExecAsync(StackInstance instance, IReadOnlyList<string> command, CancellationToken cancellationToken);

    /// <summary>Reads what it has written.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="tail">How many of the last lines; null for all.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<string> LogAsync(StackInstance instance, int? tail, CancellationToken cancellationToken);

    /// <summary>Whether it runs, since when, and how it ended if not.</summary>
    Task<InstanceState> StateAsync(StackInstance instance, CancellationToken cancellationToken);

    /// <summary>Where one of its ports is reached from here, now.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="port">The port inside.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">This port is not reached from here.</exception>
    Task<EndPoint> EndpointAsync(StackInstance instance, int port, CancellationToken cancellationToken);

    /// <summary>The addresses inside the network that instances have now, by name; one that does not run has none.</summary>
    /// <param name="instances">The instances.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyDictionary<string, IPAddress>> InsideAsync(IReadOnlyList<StackInstance> instances, CancellationToken cancellationToken);
}

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record CommandResult(long ExitCode, string Output, string Error);

/// <summary>State of an instance.</summary>
/// <param name="Running">Whether its main process lives.</param>
/// <param name="Paused">Whether it is frozen.</param>
/// <param name="ExitCode">How its main process ended last; 0 while it has not.</param>
/// <param name="StartedAt">When its main process started last; null if it never did. Where this is another time than before, it has been
/// restarted.</param>
public sealed record InstanceState(bool Running, bool Paused, long ExitCode, DateTimeOffset? StartedAt);
