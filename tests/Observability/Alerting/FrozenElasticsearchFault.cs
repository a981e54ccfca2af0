using System.Globalization;
using System.Text;
using Verification.Chaos.Faults;

namespace Verification.Tests.Observability.Alerting;

/// <summary>Elasticsearch stands still, and somebody writes a line: who has nothing to send notices nothing.</summary>
/// <param name="freeze">Its freeze.</param>
/// <param name="log">Where the logs are searched.</param>
internal sealed class FrozenElasticsearchFault(FreezeFault freeze, CentralLog log) : IFault
{
    private const string Writer = "writer";

    /// <inheritdoc />
    public string Name => freeze.Name;

    /// <inheritdoc />
    public string Target => freeze.Target;

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await freeze.ApplyAsync(cancellationToken);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'} stdout F while nobody takes lines\n"
        );
        await log.WriteAsync(Writer, Encoding.UTF8.GetBytes(line), cancellationToken);
    }

    /// <inheritdoc />
    public Task<string?> EffectAsync(CancellationToken cancellationToken) => freeze.EffectAsync(cancellationToken);

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => freeze.HealAsync(cancellationToken);
}
