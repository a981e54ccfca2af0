using Prometheus;

namespace SportBuff.Dashboard.Publishing;

/// <summary>What the Dashboard counts.</summary>
internal sealed class PublishMetrics(IMetricFactory metrics)
{
    public ICounter Published { get; } = metrics.CreateCounter("sportbuff_buffs_published_total", "Buffs that a broker has confirmed.");

    public ICounter Failures { get; } =
        metrics.CreateCounter("sportbuff_publish_failures_total", "Buffs that no broker has confirmed in time.");

    public IGauge Connected { get; } =
        metrics.CreateGauge("sportbuff_broker_connected", "1 while a connection to a broker stands, else 0.");
}
