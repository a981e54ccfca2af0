using Verification.Chaos.Faults;

namespace Verification.Tests.Observability.Alerting;

/// <summary>The last run that has told of itself knew of a drill that has not succeeded for nine days; it heals by a run in which it
/// has.</summary>
internal sealed class StaleDrillsFault(Watch watch, string gateway) : IFault
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(9);

    /// <inheritdoc />
    public string Name => "stale-drill";

    /// <inheritdoc />
    public string Target => gateway;

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) =>
        watch.PushAsync(ToldRun.WithDrillOf(TimeProvider.System.GetUtcNow() - Age), cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var age = await watch.Prometheus.ValueAsync(
            $"time() - max(verification_drill_last_success_timestamp_seconds{{drill=\"{ToldRun.Drill}\"}})",
            cancellationToken
        );
        return age >= Age.TotalSeconds ? $"Prometheus hears of a success {age:0} s ago" : null;
    }

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) =>
        watch.PushAsync(ToldRun.WithDrillOf(TimeProvider.System.GetUtcNow()), cancellationToken);
}
