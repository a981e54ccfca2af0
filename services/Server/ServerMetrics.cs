using Prometheus;

namespace SportBuff.Server;

/// <summary>What the Server counts.</summary>
internal sealed class ServerMetrics
{
    /// <summary>In s. 1 is what config/slo promises.</summary>
    internal static readonly double[] LagBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

    public ServerMetrics(IMetricFactory metrics)
    {
        Stored = metrics.CreateCounter("sportbuff_buffs_stored_total", "Buffs that became a row.");
        Duplicates = metrics.CreateCounter("sportbuff_duplicates_total", "Messages whose row was there already.");
        DeadLetters = metrics.CreateCounter("sportbuff_dead_letters_total", "Messages laid into the dead-letter queue.");
        Subscribed = metrics.CreateGauge("sportbuff_broker_connected", "1 while messages can come from a broker, else 0.");
        Lag = metrics.CreateHistogram(
            "sportbuff_consume_lag_seconds",
            "From the time the broker gave a message to the commit of its row.",
            new HistogramConfiguration { Buckets = LagBuckets }
        );
        var cacheRequests = metrics.CreateCounter(
            "sportbuff_cache_requests_total",
            "Listings by what the cache had: hit, miss, or bypass where it was of no use.",
            ["result"]
        );
        (CacheHits, CacheMisses, CacheBypasses) = (
            cacheRequests.WithLabels("hit"),
            cacheRequests.WithLabels("miss"),
            cacheRequests.WithLabels("bypass")
        );
    }

    public ICounter Stored { get; }

    public ICounter Duplicates { get; }

    public ICounter DeadLetters { get; }

    public IGauge Subscribed { get; }

    public IHistogram Lag { get; }

    public ICounter CacheHits { get; }

    public ICounter CacheMisses { get; }

    public ICounter CacheBypasses { get; }
}
