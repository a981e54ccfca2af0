using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Prometheus;
using SportBuff;
using SportBuff.Dashboard.Publishing;
using SportBuff.Server;
using SportBuff.Server.Caching;
using SportBuff.Server.Consuming;
using SportBuff.Server.Storage;
using Xunit;

namespace Verification.Tests.Unit.Services;

/// <summary>How long the services wait between their tries.</summary>
public sealed class RetryPausesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly double[] Growing = [50, 100, 200, 400, 800, 1000, 1000];

    private readonly IMetricFactory metrics = Metrics.WithCustomRegistry(Metrics.NewCustomRegistry());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_of_the_Server_grow_to_a_second()
    {
        var (table, time) = (new AwayTable(), new EagerTime());
        await using var server = await ServerAsync(table, time);

        await table.Prepared.Task.WaitAsync(Patience, Cancellation);

        Assert.Equal(Growing, time.Waits.Take(AwayTable.Outages).Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public async Task Those_of_the_Dashboard_grow_to_a_second()
    {
        var time = new EagerTime();
        await using var dashboard = Dashboard(time);

        await UntilAsync(() => time.Waits.Count >= Growing.Length);

        Assert.Equal(Growing, time.Waits.Take(Growing.Length).Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public async Task On_a_clock_that_stands_still_neither_tries_twice()
    {
        var (table, time) = (new AwayTable(), new EagerTime { StandsStill = true });
        await using var server = await ServerAsync(table, time);
        await using var dashboard = Dashboard(time);

        await UntilAsync(() => time.Waits.Count >= 2);
        // Somebody who does not wait would have tried many times by then.
        await Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation);

        Assert.Equal(2, time.Waits.Count);
    }

    private async Task<RunningServer> ServerAsync(AwayTable table, TimeProvider time)
    {
        var told = new ServerMetrics(metrics);
        var cache = new ListCache(new ScriptedList(), told, TimeProvider.System, NullLogger<ListCache>.Instance);
        var consumer = new BuffConsumer(new BrokerList([]), table, cache, told, time, NullLogger<BuffConsumer>.Instance);
        await consumer.StartAsync(Cancellation);
        return new RunningServer(consumer, cache);
    }

    /// <summary>One whose broker refuses every connection.</summary>
    private BuffPublisher Dashboard(TimeProvider time)
    {
        var publisher = new BuffPublisher(
            BrokerOptions.Read(Variables.Of(("MQHOST", "127.0.0.1"), ("MQPORT", "1"))),
            new PublishMetrics(metrics),
            time,
            new RunningLifetime(),
            NullLogger<BuffPublisher>.Instance
        );
        publisher.Start();
        return publisher;
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (!reached())
            await Task.Delay(1, patience.Token);
    }

    private sealed class RunningServer(BuffConsumer consumer, ListCache cache) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await consumer.StopAsync(CancellationToken.None);
            consumer.Dispose();
            await cache.DisposeAsync();
        }
    }

    /// <summary>A clock on which every wait ends at once, or none does, and is written down.</summary>
    private sealed class EagerTime : TimeProvider
    {
        public bool StandsStill { get; init; }

        public ConcurrentQueue<TimeSpan> Waits { get; } = new();

        public override System.Threading.ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Enqueue(dueTime);
            return base.CreateTimer(callback, state, StandsStill ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(1), period);
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
