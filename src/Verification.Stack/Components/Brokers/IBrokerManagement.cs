namespace Verification.Stack.Components.Brokers;

/// <summary>What a running broker tells of itself, over its own means.</summary>
public interface IBrokerManagement : IAsyncDisposable
{
    /// <summary>Version of the broker, as it names itself.</summary>
    Task<string> VersionAsync(CancellationToken cancellationToken);

    /// <summary>Figures of a queue.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<QueueFigures> QueueAsync(string queue, CancellationToken cancellationToken);
}
