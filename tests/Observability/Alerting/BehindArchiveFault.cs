using Verification.Chaos.Faults;

namespace Verification.Tests.Observability.Alerting;

/// <summary>The archiver tells that nothing was archived for twenty minutes; it heals by one that keeps up.</summary>
internal sealed class BehindArchiveFault(Watch watch, string gateway) : IFault
{
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(20);

    /// <inheritdoc />
    public string Name => "archive-behind";

    /// <inheritdoc />
    public string Target => gateway;

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) =>
        ToldArchive.PushAsync(watch, TimeProvider.System.GetUtcNow() - Behind, cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var age = await watch.Prometheus.ValueAsync($"time() - max({ToldArchive.Metric})", cancellationToken);
        return age >= Behind.TotalSeconds ? $"Prometheus hears that all is archived up to {age:0} s ago" : null;
    }

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => ToldArchive.PushAsync(watch, ToldArchive.Complete, cancellationToken);
}
