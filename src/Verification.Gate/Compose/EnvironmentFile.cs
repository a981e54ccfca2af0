namespace Verification.Gate.Compose;

/// <summary>The <c>.env</c> beside <c>compose.yaml</c>: what the local stack is made of where it is not the official images.</summary>
internal static class EnvironmentFile
{
    /// <summary>Writes settings. What others have written there stays as it is.</summary>
    /// <param name="file">Path of the file. Readable by its owner only, as others may keep secrets in it.</param>
    /// <param name="settings">Value of each variable.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string file, IReadOnlyDictionary<string, string> settings)
    {
        var lines = File.Exists(file)
            ? File.ReadAllLines(file).ToList()
            : ["# Written by ./verify images for compose.yaml. Without this file that takes the official images."];
        foreach (var (name, value) in settings)
            Set(lines, name, value);

        var whole = $"{file}.new";
        File.Delete(whole);
        using (
            var writer = new StreamWriter(
                whole,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
        {
            foreach (var line in lines)
                writer.WriteLine(line);
        }

        File.Move(whole, file, overwrite: true);
    }

    private static void Set(List<string> lines, string name, string value)
    {
        var index = lines.FindIndex(line => line.StartsWith($"{name}=", StringComparison.Ordinal));
        if (index < 0)
            lines.Add($"{name}={value}");
        else
            lines[index] = $"{name}={value}";
    }
}
