using Verification.Objectives;
using Verification.Stack.Components;

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
        for (var index = 0; index < description.Instances.Count; index++)
            RequireKnown(document, $"instances[{index}].role", description.Instances[index].Role);
        return !description.Destructive && description.Capabilities.Contains(StackDescription.DestructiveCapability)
            ? throw document.ErrorAt(
                "capabilities",
                $"'capabilities' has '{StackDescription.DestructiveCapability}', and 'destructive' is false: leave it out, or say true if tests may break this stack."
            )
            : description;
    }

    /// <summary>The roles are those of the components, which no schema lists a second time.</summary>
    private static void RequireKnown(Document document, string place, Role role)
    {
        var known = ComponentList.Roles.Select(each => each.Name).ToList();
        if (!known.Contains(role.Name))
            throw document.ErrorAt(place, $"'{place}' is '{role}'{Suggestion.For(role.Name, known)} Allowed: {string.Join(", ", known)}.");
    }

    /// <summary>Writes a file.</summary>
    public static void Write(string file, StackDescription description)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        DocumentWriter.Write(file, description);
    }
}
