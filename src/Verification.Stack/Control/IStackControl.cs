namespace Verification.Stack.Control;

/// <summary>What can be done to the instances of a running stack, by name, wherever it runs. Each call returns when the instance has the state it asks for.
/// All but <see cref="LogAsync"/> and <see cref="StateAsync"/> throw <see cref="StackProtectedException"/> where the stack may not be changed.</summary>
public interface IStackControl
{
    /// <summary>Ends it at once (SIGKILL).</summary>
    Task KillAsync(StackInstance instance, CancellationToken cancellationToken);

    /// <summary>Asks it to end (SIGTERM), and kills it after <paramref name="patience"/>.</summary>
    /// <returns>Its exit code.</returns>
    Task<long> StopAsync(StackInstance instance, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Starts it again after its end; its data and host ports are what they were.</summary>
    Task StartAsync(StackInstance instance, CancellationToken cancellationToken);

    /// <summary>Freezes its processes.</summary>
    Task PauseAsync(StackInstance instance, CancellationToken cancellationToken);

    /// <summary>Lets frozen processes go on.</summary>
    Task UnpauseAsync(StackInstance instance, CancellationToken cancellationToken);

    /// <summary>Runs a command inside.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    Task<CommandResult> ExecAsync(StackInstance instance, IReadOnlyList<string> command, CancellationToken cancellationToken);

    /// <summary>Reads what it has written.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="tail">How many of the last lines; null for all.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<string> LogAsync(StackInstance instance, int? tail, CancellationToken cancellationToken);

    /// <summary>Whether it runs, and how it ended if not.</summary>
    Task<InstanceState> StateAsync(StackInstance instance, CancellationToken cancellationToken);
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
public sealed record InstanceState(bool Running, bool Paused, long ExitCode);
