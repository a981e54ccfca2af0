using System.Text.Json;
using Newtonsoft.Json.Linq;
using YamlDotNet.Core;

namespace Verification.Objectives;

/// <summary>A file that is of its schema, and where each of its parts stands.</summary>
public sealed class Document
{
    private readonly Dictionary<string, Mark> marks;
    private readonly int firstLine;

    internal Document(string file, JToken root, Dictionary<string, Mark> marks, int firstLine)
    {
        File = file;
        Root = root;
        this.marks = marks;
        this.firstLine = firstLine;
    }

    /// <summary>Path as the user knows it.</summary>
    public string File { get; }

    internal JToken Root { get; }

    /// <summary>The document as a record.</summary>
    /// <exception cref="DocumentException">It is of the schema, but not of the record: schema and record differ.</exception>
    public T As<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Root.ToString(Newtonsoft.Json.Formatting.None), DocumentReader.Json)
                ?? throw new DocumentException(File, 0, 0, "is empty.");
        }
        catch (JsonException e)
        {
            throw new DocumentException(File, 0, 0, $"cannot be read as {typeof(T).Name}: {e.Message}");
        }
    }

    /// <summary>An error at a place.</summary>
    /// <param name="path">The place: names joined by dots, indices in brackets, <c>#key</c> behind for the key itself; the nearest place
    /// above it that is known is used.</param>
    /// <param name="problem">What was expected, what was found.</param>
    public DocumentException ErrorAt(string path, string problem)
    {
        var place = path;
        while (!marks.ContainsKey(place) && place.Length > 0)
        {
            var cut = Math.Max(place.LastIndexOf('#'), Math.Max(place.LastIndexOf('.'), place.LastIndexOf('[')));
            place = cut > 0 ? place[..cut] : string.Empty;
        }

        var mark = marks[place];
        return new DocumentException(File, (int)mark.Line + firstLine - 1, (int)mark.Column, problem);
    }

    /// <summary>A duration that stands at a place, for something that takes time: more than nothing, and a day at most.</summary>
    /// <exception cref="DocumentException">It is none, or none of such a length.</exception>
    internal TimeSpan DurationAt(string path, string text)
    {
        try
        {
            return Duration.Parse(text) is { Ticks: > 0, TotalDays: <= 1 } duration
                ? duration
                : throw ErrorAt(path, $"'{path}' is '{text}'; expected more than nothing, and a day at most.");
        }
        catch (FormatException e)
        {
            throw ErrorAt(path, e.Message);
        }
    }
}
