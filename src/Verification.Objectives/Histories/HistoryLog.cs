namespace Verification.Objectives;

/// <summary><c>history.jsonl</c> of a run: operations, faults and events with monotonic times.</summary>
public sealed class HistoryLog
{
    private const double NanosecondsPerSecond = 1e9;
    private readonly JsonLines<HistoryLine> lines;
    private readonly TimeProvider time;
    private readonly long anchor;
    private bool anchored;

    /// <summary>Opens the log. Its first line, the anchor, is written with the first record.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="time">Its clock.</param>
    public HistoryLog(string file, TimeProvider time)
    {
        lines = new JsonLines<HistoryLine>(file, "history");
        this.time = time;
        anchor = time.GetTimestamp();
    }

    /// <summary>Nanoseconds since the anchor.</summary>
    public long Now => (long)(time.GetElapsedTime(anchor).TotalSeconds * NanosecondsPerSecond);

    /// <summary>Appends a record.</summary>
    public void Append(HistoryLine line)
    {
        if (!Interlocked.Exchange(ref anchored, true))
        {
            var wall = time.GetUtcNow() - time.GetElapsedTime(anchor);
            lines.Append(new HistoryLine(HistoryKind.Anchor, "suite", "anchor", null, 0, 0, null, null, wall.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")));
        }

        lines.Append(line);
    }

    /// <summary>All records of a file; none where there is none.</summary>
    /// <exception cref="DocumentException">A line is not of the format.</exception>
    public static IReadOnlyList<HistoryLine> Read(string file) => new JsonLines<HistoryLine>(file, "history").Read();
}
