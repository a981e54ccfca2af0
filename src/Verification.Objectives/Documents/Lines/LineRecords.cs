using System.Text.Json;

namespace Verification.Objectives;

/// <summary>Reads a file with a record a line in one pass. A line that is none is held against its schema, which says best what is wrong with it.</summary>
internal static class LineRecords
{
    /// <summary>The records of a file, each as it is asked for; each enumeration reads the file anew. None where there is no file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="schema">Name of the schema of a line.</param>
    /// <exception cref="DocumentException">A line is not of the format.</exception>
    public static IEnumerable<T> Of<T>(string file, string schema)
    {
        foreach (var line in WholeLine.Of(file))
            yield return RecordOf<T>(line, file, schema);
    }

    private static T RecordOf<T>(WholeLine line, string file, string schema)
    {
        try
        {
            return LineJson.Read<T>(line.Bytes.Span);
        }
        catch (JsonException e)
        {
            throw Bad<T>(line, file, schema, (int)(e.BytePositionInLine ?? 0) + 1, e.Message.Split(" Path:")[0]);
        }
        catch (InvalidOperationException e)
        {
            throw Bad<T>(line, file, schema, 1, e.Message);
        }
    }

    private static DocumentException Bad<T>(WholeLine line, string file, string schema, int column, string problem)
    {
        try
        {
            DocumentReader.ParseJson(DocumentReader.TextOf(line.Bytes.Span, file, line.Number), file, schema, line.Number);
            return new DocumentException(file, line.Number, column, $"is no {typeof(T).Name}: {problem}");
        }
        catch (DocumentException said)
        {
            return said;
        }
    }
}
