namespace Verification.Stack.Components.Prometheus;

/// <summary>What Prometheus does where no file of <c>config/</c> says anything.</summary>
public static class PrometheusDefaults
{
    /// <summary>How long a sample stands for what comes after it.</summary>
    public static TimeSpan Lookback { get; } = TimeSpan.FromMinutes(5);

    /// <summary>How often it says again that an alert fires.</summary>
    public static TimeSpan ResendDelay { get; } = TimeSpan.FromMinutes(1);
}
