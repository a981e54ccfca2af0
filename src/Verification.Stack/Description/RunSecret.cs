using Verification.Objectives;

namespace Verification.Stack;

/// <summary>A secret of a run: a file that only its owner can read, and that goes with the run.</summary>
internal static class RunSecret
{
    /// <summary>Writes a secret.</summary>
    /// <returns>How <c>stack.json</c> refers to it.</returns>
    public static string Write(RunFolder folder, string name, string value)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        var path = Path.Combine(folder.Secrets, name);
        using var file = new StreamWriter(path, options);
        file.Write(value);
        return $"file:{Path.GetRelativePath(Path.GetDirectoryName(folder.Stack)!, path).Replace('\\', '/')}";
    }
}
