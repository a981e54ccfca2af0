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
    private bool begun;

    /// <summary>Appends a record, also while other threads and processes do. When the call returns the operating system has it.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Append(T record)
    {
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, DocumentReader.JsonLine) + "\n");
        lock (writing)
        {
            using var end = AppendOnlyFile.Open(file);
            if (!begun && EndsTorn())
                end.Append("\n"u8);
            begun = true;
            end.Append(line);
        }
    }

    /// <summary>Reads all records; none where there is no file. A last line without its end is that of a writer that died, and is left out.</summary>
    /// <exception cref="DocumentException">A line is not of the schema.</exception>
    public IReadOnlyList<T> Read()
    {
        if (!File.Exists(file))
            return [];
        var bytes = DocumentReader.BytesOf(file).AsSpan();
        // Cut first, decode then: the torn line may end within a character.
        var text = DocumentReader.TextOf(bytes[..(bytes.LastIndexOf((byte)'\n') + 1)], file);
        return
        [
            .. text.Split('\n')
                .Select((line, index) => (Line: line, Number: index + 1))
                .Where(each => each.Line.Length > 0)
                .Select(each => DocumentReader.ParseJson(each.Line, file, schema, each.Number).As<T>()),
        ];
    }

    /// <summary>Whether a writer died within its line: the next one must not be glued to it.</summary>
    private bool EndsTorn()
    {
        using var text = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (text.Length == 0)
            return false;
        text.Seek(-1, SeekOrigin.End);
        return text.ReadByte() != '\n';
    }
}
