using System.Collections;

namespace Verification.Stomp;

/// <summary>Headers of a frame in their order. Where a name is repeated the first one counts; the others are kept for who wants to see
/// them.</summary>
public sealed class StompHeaders : IReadOnlyList<KeyValuePair<string, string>>
{
    /// <summary>No headers. Do not add to it.</summary>
    internal static readonly StompHeaders None = new(0);

    private readonly List<KeyValuePair<string, string>> _headers;

    /// <summary>Creates an empty list of headers.</summary>
    public StompHeaders()
        : this(4) { }

    internal StompHeaders(int capacity) => _headers = new(capacity);

    /// <inheritdoc/>
    public int Count => _headers.Count;

    /// <inheritdoc/>
    public KeyValuePair<string, string> this[int index] => _headers[index];

    /// <summary>Value of the first header of that name; null when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var header in _headers)
            {
                if (header.Key == name)
                    return header.Value;
            }

            return null;
        }
    }

    /// <summary>Appends a header.</summary>
    /// <param name="name">Name, at least one character.</param>
    /// <param name="value">Value, may be empty.</param>
    public void Add(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        _headers.Add(new(name, value));
    }

    /// <inheritdoc cref="IEnumerable{T}.GetEnumerator"/>
    public List<KeyValuePair<string, string>>.Enumerator GetEnumerator() => _headers.GetEnumerator();

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
