using System.Xml.Linq;

namespace Verification.Stack.Images.Services;

/// <summary>What a project is built from beside its own folder: the projects that it refers to, and those that they refer to.</summary>
public static class ProjectReferences
{
    /// <summary>The folders of the referenced projects, in the order of their paths.</summary>
    /// <param name="project">Path of a project file; one that is not there refers to nothing.</param>
    /// <exception cref="FormatException">A project file is no XML, or refers to something that is not there.</exception>
    public static IReadOnlyList<string> FoldersOf(string project)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { Path.GetFullPath(project) };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var next))
        {
            foreach (var reference in Of(next).Where(seen.Add))
                open.Enqueue(reference);
        }

        return
        [
            .. seen.Skip(1).Select(each => Path.GetDirectoryName(each)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Of(string project)
    {
        if (!File.Exists(project))
            return [];
        try
        {
            return
            [
                .. XDocument
                    .Load(project)
                    .Descendants("ProjectReference")
                    .Select(reference =>
                        reference.Attribute("Include")?.Value
                        ?? throw new FormatException($"{project}: a ProjectReference includes nothing.")
                    )
                    .Select(reference => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Replace('\\', '/'))))
                    .Select(reference =>
                        File.Exists(reference)
                            ? reference
                            : throw new FormatException($"{project}: it refers to {reference}, which is not there.")
                    ),
            ];
        }
        catch (System.Xml.XmlException e)
        {
            throw new FormatException($"{project}: {e.Message}", e);
        }
    }
}
