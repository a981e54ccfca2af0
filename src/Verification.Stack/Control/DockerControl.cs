using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;

namespace Verification.Stack.Control;

/// <summary>Controls containers by their ids through the engine's API, whoever created them.</summary>
/// <param name="engine">The engine.</param>
public sealed class DockerControl(DockerEngine engine) : IStackControl
{
    private IContainerOperations Containers => engine.Client.Containers;

    /// <inheritdoc />
    public async Task KillAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        await Containers.KillContainerAsync(instance.Control, new ContainerKillParameters { Signal = "KILL" }, cancellationToken).ConfigureAwait(false);
        await Containers.WaitContainerAsync(instance.Control, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<long> StopAsync(StackInstance instance, TimeSpan patience, CancellationToken cancellationToken)
    {
        var seconds = (uint)Math.Ceiling(patience.TotalSeconds);
        await Containers.StopContainerAsync(instance.Control, new ContainerStopParameters { WaitBeforeKillSeconds = seconds }, cancellationToken).ConfigureAwait(false);
        return (await StateAsync(instance, cancellationToken).ConfigureAwait(false)).ExitCode;
    }

    /// <inheritdoc />
    public Task StartAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Containers.StartContainerAsync(instance.Control, new ContainerStartParameters(), cancellationToken);

    /// <inheritdoc />
    public Task PauseAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Containers.PauseContainerAsync(instance.Control, cancellationToken);

    /// <inheritdoc />
    public Task UnpauseAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Containers.UnpauseContainerAsync(instance.Control, cancellationToken);

    /// <inheritdoc />
    public async Task<CommandResult> ExecAsync(StackInstance instance, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var parameters = new ContainerExecCreateParameters { Cmd = [.. command], AttachStdout = true, AttachStderr = true };
        var exec = await engine.Client.Exec.CreateContainerExecAsync(instance.Control, parameters, cancellationToken).ConfigureAwait(false);
        using var stream = await engine.Client.Exec.StartContainerExecAsync(exec.ID, new ContainerExecStartParameters(), cancellationToken).ConfigureAwait(false);
        var (output, error) = await stream.ReadOutputToEndAsync(cancellationToken).ConfigureAwait(false);
        var ended = await engine.Client.Exec.InspectContainerExecAsync(exec.ID, cancellationToken).ConfigureAwait(false);
        return new CommandResult(ended.ExitCode ?? -1, output, error);
    }

    /// <inheritdoc />
    public Task<string> LogAsync(StackInstance instance, int? tail, CancellationToken cancellationToken) =>
        ContainerLog.ReadAsync(engine, instance.Control, tail, timestamps: false, cancellationToken);

    /// <inheritdoc />
    public async Task<InstanceState> StateAsync(StackInstance instance, CancellationToken cancellationToken)
    {
        var state = (await Containers.InspectContainerAsync(instance.Control, cancellationToken).ConfigureAwait(false)).State
            ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The engine told no state of {instance.Name}."));
        return new InstanceState(state.Running, state.Paused, state.ExitCode);
    }
}
