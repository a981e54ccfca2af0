using System.Text.Json;
using Verification.Objectives;

namespace Verification.Tests.Unit.Objectives;

/// <summary>The files of the checkout and folders of a test's own.</summary>
internal static class Files
{
    public static string Root { get; } = FindRoot();

    public static string Golden(string name) => Path.Combine(Root, "schemas", "golden", name);

    /// <summary>A record as text, to compare what records with collections hold.</summary>
    public static string Text<T>(T record) => JsonSerializer.Serialize(record, DocumentReader.Json);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Verification.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds Verification.sln.");
        return folder.FullName;
    }
}

/// <summary>A folder that goes with its test.</summary>
internal sealed class OwnFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("objectives-").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file and gives its path.</summary>
    public string Holding(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
