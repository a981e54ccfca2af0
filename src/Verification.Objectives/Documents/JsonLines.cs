using System.Text;
using System.Text.Json;

namespace Verification.Objectives;

/// <summary>A file with a record a line, written as things happen and readable after any death of its writer.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="file">Its path.</param>
/// <param name="schema">Name of the schema of a line.</param>
public sealed class JsonLines<T>(string file, string schema)
{
    private readonly Lock writing = new();

    /// <summary>Appends a record. When the call returns the operating system has it.</summary>
    public void Append(T record)
    {
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, DocumentReader.JsonLine) + "\n");
        lock (writing)
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write(line);
        }
    }

    /// <summary>Reads all records; none where there is no file. A last line without its end is that of a writer that died, and is left out.</summary>
    /// <exception cref="DocumentException">A line is not of the schema.</exception>
    public IReadOnlyList<T> Read()
    {
        if (!File.Exists(file))
            return [];
        var text = File.ReadAllText(file);
        var whole = text.LastIndexOf('\n') + 1;
        return
        [
            .. text[..whole].Split('\n', StringSplitOptions.None)
                .Select((line, index) => (Line: line, Number: index + 1))
                .Where(each => each.Line.Length > 0)
                .Select(each => DocumentReader.Parse(each.Line, file, schema, each.Number).As<T>()),
        ];
    }
}
