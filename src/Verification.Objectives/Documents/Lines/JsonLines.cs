namespace Verification.Objectives;

/// <summary>A file with a record a line, written as things happen and readable after any death of its writer.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="file">Its path; it is opened with the first record, and stays open.</param>
/// <param name="schema">Name of the schema of a line.</param>
/// <param name="buffering">How lines are gathered; null for not at all.</param>
/// <param name="time">The clock of the gathering; null for that of the system.</param>
public sealed class JsonLines<T>(string file, string schema, Buffering? buffering = null, TimeProvider? time = null) : IDisposable
{
    private readonly LineWriter lines = new(file, buffering, time ?? TimeProvider.System);

    /// <summary>Appends a record, also while other threads and processes do. Unless lines are gathered, the operating system has it when
    /// the call returns.</summary>
    /// <exception cref="IOException">It, or what was gathered before it, could not be written.</exception>
    public void Append(T record) => lines.Add(LineJson.Write(record));

    /// <summary>Gives what is gathered to the operating system.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Flush() => lines.Flush();

    /// <summary>Reads all records; none where there is no file. A line that its writer died within is left out.</summary>
    /// <exception cref="DocumentException">A line is not of the format.</exception>
    public IReadOnlyList<T> Read() => [.. LineRecords.Of<T>(file, schema)];

    /// <summary>Flushes and closes the file.</summary>
    /// <exception cref="IOException">What was gathered could not be written.</exception>
    public void Dispose() => lines.Dispose();
}
