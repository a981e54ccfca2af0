using Verification.Chaos.Faults;

namespace Verification.Tests.Observability.Alerting;

/// <summary>The newest backup was restored and proven three days ago, and not since; it heals by a drill that has just
/// succeeded.</summary>
internal sealed class UnprovenBackupFault(Watch watch, string gateway) : IFault
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(3);

    /// <inheritdoc />
    public string Name => "unproven-backup";

    /// <inheritdoc />
    public string Target => gateway;

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) =>
        ToldDrill.PushAsync(watch, TimeProvider.System.GetUtcNow() - Age, cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var age = await watch.Prometheus.ValueAsync($"time() - max({ToldDrill.Metric})", cancellationToken);
        return age >= Age.TotalSeconds ? $"Prometheus hears of a success {age:0} s ago" : null;
    }

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) =>
        ToldDrill.PushAsync(watch, TimeProvider.System.GetUtcNow(), cancellationToken);
}
