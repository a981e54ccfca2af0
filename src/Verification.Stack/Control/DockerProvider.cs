using Verification.Stack.Components.Netfilter;
using Verification.Stack.Engine;
using Verification.Stack.Sessions;

namespace Verification.Stack.Control;

/// <summary>Stacks of containers on this machine's Docker engine.</summary>
public sealed class DockerProvider : IStackProvider
{
    /// <inheritdoc />
    public StackProvider Kind => StackProvider.Docker;

    /// <inheritdoc />
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public async Task<IStackControl> AttachAsync(StackDescription description, CancellationToken cancellationToken) =>
        new DockerControl(
            await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false),
            description.Components.FirstOrDefault(component => component.Role == NetfilterComponent.Helper.Name)?.Image
        );

    /// <inheritdoc />
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public async Task<IReadOnlyList<string>> DifferencesAsync(StackDescription description, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await RunningImages.DifferencesAsync(engine, description, cancellationToken).ConfigureAwait(false);
    }
}
