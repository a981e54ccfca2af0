using Verification.Stack.Engine;

namespace Verification.Stack.Control;

/// <summary>Stacks of containers on this machine's Docker engine.</summary>
public sealed class DockerProvider : IStackProvider
{
    /// <inheritdoc />
    public StackProvider Kind => StackProvider.Docker;

    /// <inheritdoc />
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public async Task<IStackControl> AttachAsync(StackDescription description, CancellationToken cancellationToken) =>
        new DockerControl(await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false));
}
