using System.Text.Json;
using System.Text.Json.Nodes;

namespace Verification.Objectives;

/// <summary>Writes records as files with the version of their format.</summary>
public static class DocumentWriter
{
    private const int Version = 1;

    /// <summary>Writes a file as a whole: a reader sees the old one or the new one.</summary>
    public static void Write<T>(string file, T record)
    {
        var beside = file + ".new";
        File.WriteAllText(beside, TextOf(record));
        File.Move(beside, file, overwrite: true);
    }

    /// <summary>The text of such a file.</summary>
    public static string TextOf<T>(T record)
    {
        var document = new JsonObject { ["schema"] = Version };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(record, DocumentReader.Json)!.AsObject().ToList())
            document[name] = value?.DeepClone();
        return document.ToJsonString(DocumentReader.Json) + "\n";
    }
}
