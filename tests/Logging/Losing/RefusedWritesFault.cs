using Verification.Chaos.Faults;

namespace Verification.Tests.Logging.Losing;

/// <summary>Elasticsearch answers, and takes no line: each item of a request is refused with 429.</summary>
/// <param name="elasticsearch">Elasticsearch.</param>
/// <param name="instance">Its name.</param>
internal sealed class RefusedWritesFault(ElasticsearchApi elasticsearch, string instance) : IFault
{
    /// <inheritdoc />
    public string Name => "refused-writes";

    /// <inheritdoc />
    public string Target => instance;

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) =>
        elasticsearch.RefuseAsync(LogStream.Lines, refuses: true, cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        await elasticsearch.RefusesAsync(LogStream.Lines, cancellationToken)
            ? $"{instance} refuses what is written to {LogStream.Lines}"
            : null;

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) =>
        elasticsearch.RefuseAsync(LogStream.Lines, refuses: false, cancellationToken);
}
