using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Prometheus;
using SportBuff;
using SportBuff.Server;
using SportBuff.Server.Caching;
using SportBuff.Server.Consuming;
using SportBuff.Server.Storage;
using Xunit;

namespace Verification.Tests.Unit.Services;

/// <summary>How long the Server waits between its tries.</summary>
public sealed class RetryPausesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_grow_to_a_second()
    {
        var (table, time) = (new AwayTable(), new EagerTime());
        var metrics = new ServerMetrics(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
        await using var cache = new ListCache(new ScriptedList(), metrics, TimeProvider.System, NullLogger<ListCache>.Instance);
        using var consumer = new BuffConsumer(new BrokerList([]), table, cache, metrics, time, NullLogger<BuffConsumer>.Instance);

        await consumer.StartAsync(Cancellation);
        await table.Prepared.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        await consumer.StopAsync(Cancellation);

        Assert.Equal([50, 100, 200, 400, 800, 1000, 1000], time.Waits.Take(AwayTable.Outages).Select(wait => wait.TotalMilliseconds));
    }

    /// <summary>A clock on which every wait ends at once, and is written down.</summary>
    private sealed class EagerTime : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> Waits { get; } = new();

        public override System.Threading.ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Enqueue(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
        }
    }

    /// <summary>A table whose MySQL is away for some tries.</summary>
    private sealed class AwayTable : IBuffTable
    {
        public const int Outages = 7;
        private int tries;

        public TaskCompletionSource Prepared { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task PrepareAsync(CancellationToken cancellationToken)
        {
            if (++tries <= Outages)
                throw new IOException("The table is away.");
            Prepared.TrySetResult();
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<int>> AddAsync(IReadOnlyList<QueuedBuff> buffs, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
