using Verification.Objectives;

namespace Verification.Stack;

/// <summary>Reads and writes <c>stack.json</c>.</summary>
public static class StackFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static StackDescription Read(string file)
    {
        var document = DocumentReader.Read(file, "stack");
        var description = document.As<StackDescription>();
        return !description.Destructive && description.Capabilities.Contains(StackDescription.DestructiveCapability)
            ? throw document.ErrorAt("capabilities", $"'capabilities' has '{StackDescription.DestructiveCapability}', and 'destructive' is false: leave it out, or say true if tests may break this stack.")
            : description;
    }

    /// <summary>Writes a file.</summary>
    public static void Write(string file, StackDescription description) => DocumentWriter.Write(file, description);
}
