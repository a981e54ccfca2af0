using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Verification.Objectives;

/// <summary>Reads a file with a record a line in one pass. A line that is none is held against its schema, which says best what is wrong
/// with it.</summary>
internal static class LineRecords
{
    /// <summary>The records of a file, each as it is asked for; each enumeration reads the file anew. None where there is no
    /// file.</summary>
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
            if (AfterTorn<T>(line.Bytes.Span, out var whole))
                return whole;
            throw Bad<T>(line, file, schema, (int)(e.BytePositionInLine ?? 0) + 1, e.Message.Split(" Path:")[0]);
        }
        catch (InvalidOperationException e)
        {
            throw Bad<T>(line, file, schema, 1, e.Message);
        }
    }

    /// <summary>The whole record behind one that its writer died within: another writer may have looked at the end of the file just before
    /// that, and has begun no new line. No part of a
    /// record is one by itself that goes on to the end of its line, so at most one is found.</summary>
    private static bool AfterTorn<T>(ReadOnlySpan<byte> line, [MaybeNullWhen(false)] out T whole)
    {
        for (var start = NextRecord(line, 1); start > 0; start = NextRecord(line, start + 1))
        {
            try
            {
                whole = LineJson.Read<T>(line[start..]);
                return true;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // It begins later, if any does.
            }
        }

        whole = default;
        return false;
    }

    private static int NextRecord(ReadOnlySpan<byte> line, int from) =>
        from < line.Length && line[from..].IndexOf("{\""u8) is var found and >= 0 ? from + found : -1;

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
