namespace Verification.Stack.Additions;

/// <summary>Instances that a scenario has added together, and that go together.</summary>
/// <param name="Instances">They, in the order of their names as given.</param>
public sealed record AddedGroup(IReadOnlyList<AddedInstance> Instances) : IAsyncDisposable
{
    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var instance in Instances)
            await instance.DisposeAsync().ConfigureAwait(false);
    }
}
