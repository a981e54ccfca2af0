using DotNet.Testcontainers.Containers;
using Verification.Objectives;
using Verification.Stack.Additions;
using Verification.Stack.Control;
using Verification.Stack.Engine;

namespace Verification.Stack.Jobs;

/// <summary>A job's container. Its log is kept in the run's folder, and all else of it is gone when it is disposed.</summary>
public sealed class RunningJob : IAsyncDisposable
{
    private readonly string name;
    private readonly IContainer container;
    private readonly DockerEngine engine;
    private readonly RunFolder run;

    internal RunningJob(string name, IContainer container, DockerEngine engine, RunFolder run)
    {
        this.name = name;
        this.container = container;
        this.engine = engine;
        this.run = run;
    }

    /// <summary>Runs a command inside.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    /// <exception cref="InvalidOperationException">How it ended is not known.</exception>
    public async Task<CommandResult> ExecAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var result = await container.ExecAsync([.. command], cancellationToken).ConfigureAwait(false);
        return new CommandResult(
            result.ExitCode ?? throw new InvalidOperationException($"how {command[0]} ended in {name} is not known"),
            result.Stdout,
            result.Stderr
        );
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => new(AddedInstance.RemoveAsync(engine, run, name, container.Id));
}
