namespace Verification.Objectives;

/// <summary>A line of a file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Bytes">What it holds, without its end; valid until the next line is read.</param>
internal readonly record struct WholeLine(int Number, ReadOnlyMemory<byte> Bytes)
{
    private const int Room = 128 * 1024;

    /// <summary>
    /// The lines of a file in one pass, in memory of a few lines; none where there is no file. Empty lines and torn ones are left out:
    /// those that were
    /// ended as such, and a last one without its end.
    /// </summary>
    /// <exception cref="DocumentException">The file cannot be read.</exception>
    public static IEnumerable<WholeLine> Of(string file)
    {
        if (!File.Exists(file))
            yield break;
        using var source = DocumentReader.Open(file);
        var buffer = new byte[Room];
        var (start, scanned, end, number) = (0, 0, 0, 1);
        while (true)
        {
            while (buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n') is >= 0 and var length)
            {
                var line = WithoutMark(buffer.AsMemory(start, scanned + length - start), number);
                start = scanned += length + 1;
                if (line.Length > 0 && !TornLine.Is(line.Span))
                    yield return new WholeLine(number, line);
                number++;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, scanned, end) = (0, end - start, end - start);
            if (end == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
            var read = DocumentReader.Fill(source, buffer.AsMemory(end), file);
            if (read == 0)
                yield break;
            end += read;
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> line, int number) =>
        number == 1 && line.Span.StartsWith(System.Text.Encoding.UTF8.Preamble) ? line[System.Text.Encoding.UTF8.Preamble.Length..] : line;
}
