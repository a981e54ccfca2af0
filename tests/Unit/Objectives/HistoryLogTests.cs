using Microsoft.Extensions.Time.Testing;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class HistoryLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_history_begins_with_its_anchor_the_time_at_which_it_was_opened()
    {
        using var folder = new OwnFolder();
        var clock = new FakeTimeProvider(Noon);
        using var log = new HistoryLog(folder.In("h"), clock);
        clock.Advance(TimeSpan.FromMilliseconds(5));
        var invoke = log.Now;
        clock.Advance(TimeSpan.FromMilliseconds(2));
        log.Append(Op("post", invoke, log.Now));

        var lines = HistoryLog.Read(folder.In("h"));
        Assert.Equal((HistoryKind.Anchor, 0L, "2026-11-24T12:00:00.000Z"), (lines[0].Kind, lines[0].Invoke, lines[0].Detail));
        Assert.Equal(Op("post", 5_000_000, 7_000_000), lines[1]);
    }

    [Fact]
    public void Times_count_in_nanoseconds_and_run_on()
    {
        using var folder = new OwnFolder();
        var clock = new FakeTimeProvider(Noon);
        using var log = new HistoryLog(folder.In("h"), clock);

        Assert.Equal(0, log.Now);
        clock.Advance(TimeSpan.FromHours(3) + TimeSpan.FromTicks(1));
        Assert.Equal((3 * 3600 * 1_000_000_000L) + 100, log.Now);
    }

    [Fact]
    public void A_time_that_somebody_else_tells_is_placed_by_the_wall_clock()
    {
        using var folder = new OwnFolder();
        var clock = new FakeTimeProvider(Noon);
        using var log = new HistoryLog(folder.In("h"), clock);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(2_000_000_000, log.At(Noon.AddSeconds(2)));
        Assert.Equal(-1_000_000_000, log.At(Noon.AddSeconds(-1)));
    }

    [Fact]
    public async Task What_begins_is_known_by_its_time()
    {
        using var folder = new OwnFolder();
        using var log = new HistoryLog(folder.In("h"), new FakeTimeProvider(Noon));
        var begun = new System.Collections.Concurrent.ConcurrentBag<long>();
        await Parallel.ForAsync(
            0,
            1000,
            TestContext.Current.CancellationToken,
            (_, _) =>
            {
                begun.Add(log.Begin());
                return ValueTask.CompletedTask;
            }
        );

        Assert.Equal(1000, begun.Distinct().Count());
    }

    [Fact]
    public void A_second_process_goes_on_in_the_time_of_the_first()
    {
        using var folder = new OwnFolder();
        using var before = new HistoryLog(folder.In("h"), new FakeTimeProvider(Noon));
        before.Append(Op("first", 0, 1));

        var later = new FakeTimeProvider(Noon.AddSeconds(3));
        using var log = new HistoryLog(folder.In("h"), later);
        later.Advance(TimeSpan.FromSeconds(1));
        log.Append(Op("second", log.Now, null));

        var lines = HistoryLog.Read(folder.In("h"));
        Assert.Equal(["anchor", "first", "second"], lines.Select(line => line.Name));
        Assert.Equal((4_000_000_000L, null), (lines[2].Invoke, lines[2].Complete));
    }

    [Fact]
    public async Task Many_threads_write_one_anchor_and_it_stands_first()
    {
        using var folder = new OwnFolder();
        using var log = new HistoryLog(folder.In("h"), TimeProvider.System);
        await Parallel.ForAsync(
            0,
            200,
            TestContext.Current.CancellationToken,
            (index, _) =>
            {
                log.Append(Op($"{index}", log.Now, log.Now));
                return ValueTask.CompletedTask;
            }
        );

        var lines = HistoryLog.Read(folder.In("h"));
        Assert.Equal(201, lines.Count);
        Assert.Equal(HistoryKind.Anchor, lines[0].Kind);
        Assert.Single(lines, line => line.Kind == HistoryKind.Anchor);
    }

    [Fact]
    public void A_file_without_an_anchor_is_not_written_to()
    {
        using var folder = new OwnFolder();
        var path = folder.Holding("h", File.ReadAllLines(Files.Golden("history.jsonl"))[1] + "\n");

        using var log = new HistoryLog(path, TimeProvider.System);
        var error = Assert.Throws<DocumentException>(() => log.Append(Op("post", 0, 1)));

        Assert.StartsWith($"{path}:1:1: the first line must be the anchor", error.Message, StringComparison.Ordinal);
        Assert.Single(File.ReadAllLines(path));
    }

    [Fact]
    public void A_history_that_is_not_there_is_empty() => Assert.Empty(HistoryLog.Read("/nowhere/history.jsonl"));

    private static HistoryLine Op(string name, long invoke, long? complete) =>
        HistoryLine.Invocation("client-1", name, "dashboard", "m", invoke) with
        {
            Kind = HistoryKind.Op,
            Complete = complete,
            Outcome = Outcome.Ok,
            Detail = "200",
        };
}
