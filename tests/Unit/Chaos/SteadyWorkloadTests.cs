using Microsoft.Extensions.Time.Testing;
using Verification.Chaos.Workloads;
using Verification.Objectives;
using Verification.Platform;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Chaos;

public sealed class SteadyWorkloadTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, null)]
    [InlineData(
        20,
        "the generator was saturated: 38 of 40 operations were due and not begun, allowed are 10 %; run it on a machine that is idle"
    )]
    public async Task A_workload_that_does_not_keep_its_rate_is_saturated(int ticksAtOnce, string? told)
    {
        using var folder = new OwnFolder();
        var (ticks, now) = (new FakeTimeProvider(), new FakeTimeProvider());
        await using var stack = await DescribedStack.AttachAsync(folder, new RunningInstances(), destructive: true, Cancellation);
        var history = new ScenarioHistory(new HistoryLog(folder.In("history.jsonl"), TimeProvider.System), "a scenario");
        await using var platform = PlatformUnderTest.Of(stack, history, new RunFolder(folder.Path), (_, _) => new Answering());
        await using var workload = new SteadyWorkload(platform, "steady", new WorkloadRate(Posts: 10, Gets: 10), new Clock(ticks, now));

        for (var tick = 0; tick < 20; tick += ticksAtOnce)
        {
            var seen = history.Lines.Count;
            now.Advance(Interval * ticksAtOnce);
            ticks.Advance(Interval);
            await Verification.Stack.Readiness.Eventually.IsTrueAsync(
                "both have asked",
                TimeSpan.FromSeconds(10),
                _ => Task.FromResult(history.Lines.Count >= seen + 2),
                Cancellation
            );
        }

        await workload.EndAsync();
        Assert.Equal(told, workload.Saturation);
    }

    /// <summary>A clock that does not let all ticks through.</summary>
    private sealed class Clock(TimeProvider ticks, TimeProvider now) : TimeProvider
    {
        public override long TimestampFrequency => now.TimestampFrequency;

        public override long GetTimestamp() => now.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            ticks.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class Answering : IHttpTransport
    {
        public Task<HttpAnswer> SendAsync(HttpQuestion question, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpAnswer(200, "[]", "application/json", [], null));

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}
