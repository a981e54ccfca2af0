using Microsoft.Extensions.Time.Testing;
using Verification.Load;
using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class CounterWatchTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_grows_is_told_as_a_rate_and_one_that_starts_anew_begins_again()
    {
        var time = new FakeTimeProvider(Began);
        using var end = new CancellationTokenSource();
        double[] statements = [100, 150, 170, 20, 50];
        var looks = 0;
        var watch = new CounterWatch(
            _ =>
            {
                if (looks == statements.Length)
                    end.Cancel();
                return Task.FromResult<IReadOnlyList<Counter>>(
                    looks < statements.Length
                        ? [new("statements", statements[looks++], Grows: true), new("queued", looks, Grows: false)]
                        : []
                );
            },
            time
        );

        var running = watch.RunAsync(end.Token);
        while (!running.IsCompleted)
            time.Advance(TimeSpan.FromSeconds(1));
        var seen = await running;

        Assert.Equal([50, 20, 30], seen.Where(sample => sample.Name == "statements").Select(sample => sample.Value));
        Assert.Equal([1, 2, 3, 4, 5], seen.Where(sample => sample.Name == "queued").Select(sample => sample.Value));
    }

    [Fact]
    public void What_was_seen_before_and_behind_the_load_is_left_out()
    {
        CounterSample[] seen = [At(-1, 9), At(0.2, 2), At(0.9, 4), At(2, 7), At(3, 9)];

        var seconds = CounterWatch.Within(seen, Began, TimeSpan.FromSeconds(3));

        Assert.Equal([(0, 3), (2, 7)], seconds.Select(second => (second.Second, second.Counters["statements"])));
    }

    private static CounterSample At(double second, double value) => new(Began + TimeSpan.FromSeconds(second), "statements", value);
}
