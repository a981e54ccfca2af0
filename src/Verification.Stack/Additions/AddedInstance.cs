using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;

namespace Verification.Stack.Additions;

/// <summary>An instance that a scenario has added: controlled as any other of the stack, removed when disposed, its log kept in the run's
/// folder.</summary>
public sealed class AddedInstance : IAsyncDisposable
{
    private readonly DockerEngine engine;
    private readonly RunFolder run;

    internal AddedInstance(StackInstance instance, DockerEngine engine, RunFolder run)
    {
        Instance = instance;
        this.engine = engine;
        this.run = run;
    }

    /// <summary>The instance, for <see cref="Control.IStackControl"/> and for its addresses.</summary>
    public StackInstance Instance { get; }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => new(RemoveAsync(engine, run, Instance.Name, Instance.Control));

    /// <summary>Saves the log of a container and removes it, with what only it uses.</summary>
    internal static async Task RemoveAsync(DockerEngine engine, RunFolder run, string name, string container)
    {
        await ContainerLog
            .SaveAsync(engine, container, Path.Combine(run.Logs, $"{name}.log"), SecretMask.Of(run), CancellationToken.None)
            .ConfigureAwait(false);
        try
        {
            var whole = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
            await engine.Client.Containers.RemoveContainerAsync(container, whole, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DockerContainerNotFoundException)
        {
            // It was not created, or its run has ended and removed it.
        }
    }
}
