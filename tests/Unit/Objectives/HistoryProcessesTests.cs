using System.Globalization;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>Several processes write one history.</summary>
public sealed class HistoryProcessesTests
{
    public static TheoryData<Buffering?> Bufferings =>
        new((Buffering?)null, new Buffering(TimeSpan.FromMilliseconds(5), 1000), new Buffering(TimeSpan.FromSeconds(30), 10_000));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Bufferings))]
    public async Task No_line_of_several_processes_is_lost_or_torn(Buffering? buffering)
    {
        using var folder = new OwnFolder();
        using var one = WriterProcess.Start(folder.In("h"), "one", 2000, buffering);
        using var two = WriterProcess.Start(folder.In("h"), "two", 2000, buffering);

        Assert.Equal((0, 0), (await one.EndAsync(Cancellation), await two.EndAsync(Cancellation)));

        var lines = HistoryLog.Read(folder.In("h"));
        Assert.Equal((2000, 2000), (NumbersOf(lines, "one"), NumbersOf(lines, "two")));
        Assert.Equal(4001, lines.Count);
    }

    [Theory]
    [MemberData(nameof(Bufferings))]
    public async Task What_killed_processes_have_left_is_read_without_a_gap_and_hurts_no_other_line(Buffering? buffering)
    {
        using var folder = new OwnFolder();
        using var survivor = new HistoryLog(folder.In("h"), TimeProvider.System);
        survivor.Append(HistoryLine.Event("survivor", null, 0, "0"));
        foreach (var name in new[] { "first", "second", "third" })
        {
            using var other = WriterProcess.Start(folder.In("h"), "other", 0, buffering);
            using var victim = WriterProcess.Start(folder.In("h"), name, 0, buffering);
            await other.HaveWrittenAsync(400, Cancellation);
            await victim.HaveWrittenAsync(2000, Cancellation);
            await victim.KillAsync(Cancellation);
            await other.HaveWrittenAsync(400, Cancellation);
            await other.KillAsync(Cancellation);
        }

        survivor.Append(HistoryLine.Event("survivor", null, 0, "1"));

        var lines = HistoryLog.Read(folder.In("h"));
        Assert.Equal(2, NumbersOf(lines, "survivor"));
        // What it gathers beyond the last piece, at 80 B a line or more, is lost at most.
        var lost = (buffering?.Bytes ?? 0) / 80;
        Assert.All(["first", "second", "third"], name => Assert.InRange(NumbersOf(lines, name), 2000 - lost, int.MaxValue));
    }

    [Fact]
    public void A_line_that_was_written_behind_a_torn_one_is_read_wherever_that_was_torn()
    {
        using var folder = new OwnFolder();
        var file = folder.In("h");
        using (var log = new HistoryLog(file, TimeProvider.System))
        {
            log.Append(HistoryLine.Event("torn", "an instance", 0, "{\"in\": \"a text\"}"));
            log.Append(HistoryLine.Event("whole", null, 0, "1"));
        }

        var lines = File.ReadAllLines(file);
        for (var length = 1; length < lines[^2].Length; length++)
        {
            File.WriteAllLines(file, [.. lines[..^2], $"{lines[^2][..length]}{lines[^1]}"]);
            Assert.Equal("whole", HistoryLog.Read(file)[^1].Name);
        }
    }

    /// <summary>How many lines a process has left, which count on from 0 without a gap.</summary>
    private static int NumbersOf(IReadOnlyList<HistoryLine> lines, string name)
    {
        var numbers = lines.Where(line => line.Name == name).Select(line => int.Parse(line.Detail!, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(0, numbers.Count), numbers);
        return numbers.Count;
    }
}
