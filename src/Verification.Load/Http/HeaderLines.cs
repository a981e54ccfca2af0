using System.Collections;
using System.Text;

namespace Verification.Load;

/// <summary>The lines of a header, made into texts only where somebody looks: of a load hardly any is.</summary>
/// <param name="header">The lines, each but the last with CR LF behind it.</param>
internal sealed class HeaderLines(byte[] header) : IReadOnlyList<string>
{
    private IReadOnlyList<string>? lines;

    /// <inheritdoc />
    public int Count => Lines.Count;

    private IReadOnlyList<string> Lines => lines ??= header.Length == 0 ? [] : Encoding.Latin1.GetString(header).Split("\r\n");

    /// <inheritdoc />
    public string this[int index] => Lines[index];

    /// <inheritdoc />
    public IEnumerator<string> GetEnumerator() => Lines.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
