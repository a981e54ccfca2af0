using DotNet.Testcontainers.Networks;

namespace Verification.Stack.Additions;

/// <summary>The network of a running stack: whoever started the stack made it, and removes it.</summary>
/// <param name="name">Its name.</param>
internal sealed class ExistingNetwork(string name) : INetwork
{
    /// <inheritdoc />
    public string Name { get; } = name;

    /// <inheritdoc />
    public Task CreateAsync(CancellationToken ct = default) => Task.CompletedTask;

    /// <inheritdoc />
    public Task DeleteAsync(CancellationToken ct = default) => Task.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
