using System.Globalization;

namespace Verification.Objectives;

/// <summary>
/// <c>history.jsonl</c> of a run: operations, faults and events with monotonic times since the anchor, the file's first line.
/// A process that goes on with the history of another places itself by the wall clock once, and is monotonic from there.
/// </summary>
public sealed class HistoryLog : IDisposable
{
    private const string Format = "history";
    private const long NanosecondsPerTick = 100;
    private readonly string file;
    private readonly JsonLines<HistoryLine> lines;
    private readonly TimeProvider time;
    private readonly long opened;
    private readonly DateTimeOffset openedAt;
    private readonly Lock anchoring = new();
    private long begun = -1;
    private long offset;
    private volatile bool anchored;

    /// <summary>Opens the log. Its first line, the anchor, is written with the first record; each record goes to the operating system at
    /// once.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="time">Its clock.</param>
    public HistoryLog(string file, TimeProvider time)
        : this(file, time, buffering: null) { }

    private HistoryLog(string file, TimeProvider time, Buffering? buffering)
    {
        this.file = file;
        this.time = time;
        lines = new JsonLines<HistoryLine>(file, Format, buffering, time);
        opened = time.GetTimestamp();
        openedAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>Opens a log that gathers its records, for who writes more of them than a call to the operating system each allows. Faults
    /// are not gathered.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="buffering">For how long, and how many: what is lost at most when the process is killed.</param>
    public static HistoryLog Open(string file, TimeProvider time, Buffering buffering) => new(file, time, buffering);

    /// <summary>Nanoseconds since this log was opened.</summary>
    public long Now => time.GetElapsedTime(opened).Ticks * NanosecondsPerTick;

    /// <summary>A time of the wall clock, told by somebody else, in nanoseconds since this log was opened; less than 0 for one
    /// before.</summary>
    public long At(DateTimeOffset wall) => Now - ((time.GetUtcNow() - wall).Ticks * NanosecondsPerTick);

    /// <summary>Nanoseconds since this log was opened, as nobody else gets them: what begins now is known by it.</summary>
    public long Begin()
    {
        while (true)
        {
            var last = Interlocked.Read(ref begun);
            var next = Math.Max(Now, last + 1);
            if (Interlocked.CompareExchange(ref begun, next, last) == last)
                return next;
        }
    }

    /// <summary>Appends a record; its times, taken from <see cref="Now"/>, are written as times since the file's anchor.</summary>
    /// <exception cref="IOException">It, or what was gathered before it, could not be written.</exception>
    /// <exception cref="DocumentException">The file is there and does not begin with an anchor.</exception>
    public void Append(HistoryLine line)
    {
        var shift = Offset();
        lines.Append(shift == 0 ? line : line with { Invoke = line.Invoke + shift, Complete = line.Complete + shift });
        // What a fault does to the machine may be the death of this process, too.
        if (line.Kind == HistoryKind.Fault)
            lines.Flush();
    }

    /// <summary>Gives what is gathered to the operating system.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Flush() => lines.Flush();

    /// <summary>All records of a file; none where there is none.</summary>
    /// <exception cref="DocumentException">A line is not of the format.</exception>
    public static IReadOnlyList<HistoryLine> Read(string file) => [.. Stream(file)];

    /// <summary>The records of a file, each read as it is asked for, in memory of a few; each enumeration reads the file anew. None where
    /// there is none.</summary>
    /// <exception cref="DocumentException">A line is not of the format; thrown when it is come to.</exception>
    public static IEnumerable<HistoryLine> Stream(string file) => LineRecords.Of<HistoryLine>(file, Format);

    /// <summary>Flushes and closes the file.</summary>
    /// <exception cref="IOException">What was gathered could not be written.</exception>
    public void Dispose() => lines.Dispose();

    private long Offset()
    {
        if (anchored)
            return offset;
        lock (anchoring)
        {
            if (!File.Exists(file))
                BeginFile();
            offset = (openedAt - Anchor()).Ticks * NanosecondsPerTick;
            anchored = true;
            return offset;
        }
    }

    /// <summary>The file appears with its anchor in it, once, whoever else begins it at the same time.</summary>
    private void BeginFile()
    {
        var beside = $"{file}.{Environment.ProcessId}.{Guid.NewGuid():N}.new";
        using (var first = new JsonLines<HistoryLine>(beside, Format))
            first.Append(
                new HistoryLine
                {
                    Kind = HistoryKind.Anchor,
                    Process = "suite",
                    Name = "anchor",
                    Invoke = 0,
                    Detail = openedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
                }
            );
        try
        {
            File.Move(beside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(beside);
        }
    }

    private DateTimeOffset Anchor() =>
        Stream(file).FirstOrDefault() is { Kind: HistoryKind.Anchor } first
        && DateTimeOffset.TryParse(first.Detail, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var wall)
            ? wall
            : throw new DocumentException(file, 1, 1, "the first line must be the anchor, with the wall-clock time of 0 as its detail.");
}
