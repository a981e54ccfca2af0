using System.Globalization;

namespace Verification.Objectives;

/// <summary>
/// <c>history.jsonl</c> of a run: operations, faults and events with monotonic times since the anchor, the file's first line.
/// A process that goes on with the history of another places itself by the wall clock once, and is monotonic from there.
/// </summary>
public sealed class HistoryLog
{
    private const long NanosecondsPerTick = 100;
    private readonly string file;
    private readonly JsonLines<HistoryLine> lines;
    private readonly TimeProvider time;
    private readonly long opened;
    private readonly DateTimeOffset openedAt;
    private readonly Lock anchoring = new();
    private long begun = -1;
    private long? offset;

    /// <summary>Opens the log. Its first line, the anchor, is written with the first record.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="time">Its clock.</param>
    public HistoryLog(string file, TimeProvider time)
    {
        this.file = file;
        this.time = time;
        lines = new JsonLines<HistoryLine>(file, "history");
        opened = time.GetTimestamp();
        openedAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>Nanoseconds since this log was opened.</summary>
    public long Now => time.GetElapsedTime(opened).Ticks * NanosecondsPerTick;

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
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="DocumentException">The file is there and does not begin with an anchor.</exception>
    public void Append(HistoryLine line)
    {
        var shift = Offset();
        lines.Append(line with { Invoke = line.Invoke + shift, Complete = line.Complete + shift });
    }

    /// <summary>All records of a file; none where there is none.</summary>
    /// <exception cref="DocumentException">A line is not of the format.</exception>
    public static IReadOnlyList<HistoryLine> Read(string file) => new JsonLines<HistoryLine>(file, "history").Read();

    private long Offset()
    {
        lock (anchoring)
        {
            if (offset is { } known)
                return known;
            if (!File.Exists(file))
                BeginFile();
            offset = (openedAt - Anchor()).Ticks * NanosecondsPerTick;
            return offset.Value;
        }
    }

    /// <summary>The file appears with its anchor in it, once, whoever else begins it at the same time.</summary>
    private void BeginFile()
    {
        var beside = $"{file}.{Environment.ProcessId}.{Guid.NewGuid():N}.new";
        new JsonLines<HistoryLine>(beside, "history").Append(
            new HistoryLine { Kind = HistoryKind.Anchor, Process = "suite", Name = "anchor", Invoke = 0, Detail = openedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'") });
        try
        {
            File.Move(beside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(beside);
        }
    }

    private DateTimeOffset Anchor()
    {
        using var text = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var first = DocumentReader.ParseJson(text.ReadLine() ?? string.Empty, file, "history", firstLine: 1).As<HistoryLine>();
        return first.Kind == HistoryKind.Anchor
            && DateTimeOffset.TryParse(first.Detail, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var wall)
                ? wall
                : throw new DocumentException(file, 1, 1, "the first line must be the anchor, with the wall-clock time of 0 as its detail.");
    }
}
