using System.Buffers;

namespace Verification.Objectives;

/// <summary>Appends whole lines to a file, each at once or gathered, also while other threads and processes do.</summary>
/// <param name="path">The file; it is opened with the first line.</param>
/// <param name="buffering">How lines are gathered; null for not at all.</param>
/// <param name="time">The clock of the gathering.</param>
internal sealed class LineWriter(string path, Buffering? buffering, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LivingWriter = TimeSpan.FromMilliseconds(10);
    private readonly Lock writing = new();
    private readonly ArrayBufferWriter<byte> gathered = new();
    private AppendOnlyFile? end;
    private ITimer? timer;
    private bool overdue;
    private bool disposed;

    /// <summary>Adds a line. Where nothing is gathered the operating system has it when the call returns.</summary>
    /// <param name="line">The line with its end.</param>
    /// <exception cref="IOException">It, or what was gathered before it, could not be written.</exception>
    public void Add(ReadOnlySpan<byte> line)
    {
        lock (writing)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            // What could not be written by time is told here, and nothing is gathered on top of it.
            if (overdue)
                WriteGathered();
            gathered.Write(line);
            if (buffering is null)
                WriteOrForget();
            else if (gathered.WrittenCount >= buffering.Bytes)
                WriteGathered();
            else if (gathered.WrittenCount == line.Length)
                WriteAfter(buffering.Every);
        }
    }

    /// <summary>Writes what is gathered.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Flush()
    {
        lock (writing)
            WriteGathered();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (writing)
        {
            if (disposed)
                return;
            disposed = true;
            timer?.Dispose();
            try
            {
                WriteGathered();
            }
            finally
            {
                end?.Dispose();
            }
        }
    }

    private void WriteAfter(TimeSpan delay)
    {
        timer ??= time.CreateTimer(_ => WriteByTime(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    private void WriteByTime()
    {
        lock (writing)
        {
            try
            {
                if (!disposed)
                    WriteGathered();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Nobody waits for a timer: the next line tries again and tells.
            }
        }
    }

    /// <summary>A line that its caller hears has failed must not appear later.</summary>
    private void WriteOrForget()
    {
        try
        {
            WriteGathered();
        }
        finally
        {
            gathered.ResetWrittenCount();
            overdue = false;
        }
    }

    private void WriteGathered()
    {
        if (gathered.WrittenCount == 0)
            return;
        overdue = true;
        end ??= AppendOnlyFile.Open(path);
        CancelTornLine(end);
        var written = end.Append(gathered.WrittenSpan, out var failure);
        if (failure is not null)
        {
            KeepFrom(gathered.WrittenSpan[..written].LastIndexOf((byte)'\n') + 1);
            throw failure;
        }

        gathered.ResetWrittenCount();
        overdue = false;
    }

    /// <summary>Asked before each piece: any of the other writers may have died within its line since the last.</summary>
    private static void CancelTornLine(AppendOnlyFile end)
    {
        // One that lives ends its line at once.
        if (SpinWait.SpinUntil(() => !end.EndsWithinLine(), LivingWriter))
            return;
        end.Append(TornLine.Cancel, out var failure);
        if (failure is not null)
            throw failure;
    }

    private void KeepFrom(int start)
    {
        var rest = gathered.WrittenSpan[start..].ToArray();
        gathered.ResetWrittenCount();
        gathered.Write(rest);
    }
}
