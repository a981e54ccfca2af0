using Microsoft.Extensions.Time.Testing;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>A history whose lines are gathered before they are written.</summary>
public sealed class GatheredLinesTests
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_line_is_held_back_no_longer_than_its_time()
    {
        using var folder = new OwnFolder();
        using var log = HistoryLog.Open(folder.In("h"), clock, new Buffering(Every, 1_000_000));
        log.Append(Event("first"));
        clock.Advance(Every / 2);
        log.Append(Event("second"));
        Assert.Equal(["anchor"], Written(folder));

        clock.Advance(Every / 2);
        Assert.Equal(["anchor", "first", "second"], Written(folder));

        log.Append(Event("third"));
        Assert.Equal(["anchor", "first", "second"], Written(folder));
        clock.Advance(Every);
        Assert.Equal(["anchor", "first", "second", "third"], Written(folder));
    }

    [Fact]
    public void What_has_come_to_its_size_is_written_at_once()
    {
        using var folder = new OwnFolder();
        using var log = HistoryLog.Open(folder.In("h"), clock, new Buffering(Every, 300));
        log.Append(Event("short"));
        log.Append(Event("long", new string('x', 300)));
        log.Append(Event("next"));

        Assert.Equal(["anchor", "short", "long"], Written(folder));
    }

    [Fact]
    public void A_fault_is_written_at_once_with_what_came_before_it()
    {
        using var folder = new OwnFolder();
        using var log = HistoryLog.Open(folder.In("h"), clock, new Buffering(Every, 1_000_000));
        log.Append(Event("before"));
        log.Append(HistoryLine.Fault("kill", "mysql", "kill-1", FaultPhase.Begin, log.Now));

        Assert.Equal(["anchor", "before", "kill"], Written(folder));
    }

    [Fact]
    public void Flush_and_the_end_of_the_log_leave_nothing_behind()
    {
        using var folder = new OwnFolder();
        var log = HistoryLog.Open(folder.In("h"), clock, new Buffering(Every, 1_000_000));
        log.Append(Event("first"));
        log.Flush();
        Assert.Equal(["anchor", "first"], Written(folder));

        log.Append(Event("second"));
        log.Dispose();
        log.Dispose();
        Assert.Equal(["anchor", "first", "second"], Written(folder));
        Assert.Throws<ObjectDisposedException>(() => log.Append(Event("third")));
    }

    [Fact]
    public void Without_gathering_a_line_is_written_when_the_call_returns()
    {
        using var folder = new OwnFolder();
        using var log = new HistoryLog(folder.In("h"), clock);
        log.Append(Event("first"));

        Assert.Equal(["anchor", "first"], Written(folder));
    }

    [Fact]
    public void That_gathered_lines_could_not_be_written_is_told_by_the_next_one_and_by_the_end()
    {
        // Linux: each write to it finds the disk full.
        var log = new JsonLines<HistoryLine>("/dev/full", "history", new Buffering(Every, 1_000_000), clock);
        log.Append(Event("first"));
        clock.Advance(Every);

        Assert.Contains(
            "/dev/full: 0 of ",
            Assert.Throws<IOException>(() => log.Append(Event("second"))).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<IOException>(log.Flush);
        Assert.Throws<IOException>(log.Dispose);
    }

    [Fact]
    public void A_line_that_could_not_be_written_is_told_to_who_appends_it_and_tried_no_more()
    {
        var log = new JsonLines<HistoryLine>("/dev/full", "history");

        Assert.Throws<IOException>(() => log.Append(Event("first")));
        log.Dispose();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Gathering_for_no_time_or_no_size_is_refused(int milliseconds, int bytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Buffering(TimeSpan.FromMilliseconds(milliseconds), bytes));

    private static HistoryLine Event(string name, string? detail = null) => HistoryLine.Event(name, null, 0, detail);

    private static IEnumerable<string> Written(OwnFolder folder) => HistoryLog.Read(folder.In("h")).Select(line => line.Name);
}
