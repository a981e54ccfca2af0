using System.Security.Cryptography;
using System.Text;

namespace Verification.Stack.Images;

/// <summary>A short name for content: the same files and texts give the same twelve hexadecimal digits, anywhere.</summary>
public sealed class ContentHash : IDisposable
{
    private static readonly HashSet<string> Products = ["bin", "obj", "TestResults"];
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a text.</summary>
    public ContentHash Add(string text)
    {
        AddBytes(Encoding.UTF8.GetBytes(text));
        return this;
    }

    /// <summary>Adds a file (path from <paramref name="root"/>, execute permission, content); one that doesn't exist adds its
    /// absence.</summary>
    public ContentHash AddFile(string root, string file)
    {
        Add(Path.GetRelativePath(root, file).Replace('\\', '/'));
        if (!File.Exists(file))
            return Add("absent");
        if (!OperatingSystem.IsWindows())
            Add(File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute) ? "x" : "-");
        AddBytes(File.ReadAllBytes(file));
        return this;
    }

    /// <summary>Adds all files of a folder in a fixed order.</summary>
    public ContentHash AddFolder(string root, string folder) => AddAll(root, folder, _ => true);

    /// <summary>Adds all files of a project in a fixed order; what building it makes is left out.</summary>
    public ContentHash AddProject(string root, string folder) => AddAll(root, folder, inner => !IsProduct(inner));

    /// <summary>Whether a folder is one that building a project makes.</summary>
    public static bool IsProduct(string folder) => Products.Contains(Path.GetFileName(folder));

    private ContentHash AddAll(string root, string folder, Func<string, bool> enters)
    {
        foreach (var file in Files(folder, enters).Order(StringComparer.Ordinal))
            AddFile(root, file);
        return this;
    }

    /// <summary>The twelve digits. Ends the hash.</summary>
    public string Digits() => Convert.ToHexStringLower(hash.GetHashAndReset())[..12];

    /// <inheritdoc />
    public void Dispose() => hash.Dispose();

    private static IEnumerable<string> Files(string folder, Func<string, bool> enters)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            yield return file;
        foreach (var inner in Directory.EnumerateDirectories(folder).Where(enters))
        {
            foreach (var file in Files(inner, enters))
                yield return file;
        }
    }

    private void AddBytes(byte[] bytes)
    {
        hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
        hash.AppendData(bytes);
    }
}
