using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Cluster.Control;

/// <summary>The stack of a cluster that this process has got hold of: the ports that its <c>stack.json</c> names are this process's own and end with it.</summary>
/// <param name="control">The control that holds them.</param>
public sealed class KubernetesProvider(KubernetesControl control) : IStackProvider
{
    /// <inheritdoc />
    public StackProvider Kind => StackProvider.Kubernetes;

    /// <inheritdoc />
    public Task<IStackControl> AttachAsync(StackDescription description, CancellationToken cancellationToken) => Task.FromResult<IStackControl>(control);
}
