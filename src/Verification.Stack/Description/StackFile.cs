using Verification.Objectives;

namespace Verification.Stack;

/// <summary>Reads and writes <c>stack.json</c>.</summary>
public static class StackFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static StackDescription Read(string file) => DocumentReader.Read(file, "stack").As<StackDescription>();

    /// <summary>Writes a file.</summary>
    public static void Write(string file, StackDescription description) => DocumentWriter.Write(file, description);
}
