using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Images.Services;

namespace Verification.Gate.Repeating;

/// <summary>Names what the result of a scenario rests on: another platform, suite or limit gives another name, and its tries are counted
/// anew.</summary>
internal sealed class ScenarioContent
{
    private static readonly string[] Folders = ["config", "images"];
    private static readonly string[] Files = ["Directory.Build.props", "Directory.Packages.props", "global.json"];
    private readonly Gates gates;
    private readonly string project;

    /// <summary>Hashes the platform that is meant and the suite.</summary>
    /// <param name="root">The project.</param>
    /// <param name="suite">Folder of the suite in <c>tests/</c>.</param>
    /// <param name="gates">Its objectives.</param>
    /// <param name="options">Which platform is meant.</param>
    public ScenarioContent(ProjectRoot root, string suite, Gates gates, GateOptions options)
    {
        this.gates = gates;
        var tests = Path.Combine(root.Path, "tests", suite);
        using var hash = new ContentHash();
        foreach (var folder in Folders)
            hash.AddFolder(root.Path, Path.Combine(root.Path, folder));
        foreach (var built in ProjectReferences.FoldersOf(Path.Combine(tests, $"{suite}.csproj")).Append(tests).Append(root.Services))
            hash.AddProject(root.Path, built);
        foreach (var file in Files)
            hash.AddFile(root.Path, Path.Combine(root.Path, file));
        hash.Add(File.ReadAllText(options.Sut));
        foreach (var (component, image) in options.Images.OrderBy(named => named.Key, StringComparer.Ordinal))
            hash.Add($"{component}={image}");
        // What runs there already is what its images are, not what this checkout would make.
        if (options.Stack is { } stack)
        {
            foreach (var component in StackFile.Read(stack).Components)
                hash.Add($"{component.Role} {component.Digest}");
        }

        project = hash.Digits();
    }

    /// <summary>The name of all that with the objectives of a scenario.</summary>
    /// <param name="objectives">Their ids.</param>
    public string Of(IReadOnlyList<string> objectives)
    {
        using var hash = new ContentHash();
        hash.Add(project);
        foreach (var objective in objectives.Select(id => gates.Objectives[id]))
            hash.Add(FormattableString.Invariant($"{objective.Id} {objective.Comparison} {objective.Limit} {objective.MinObservations}"));
        return hash.Digits();
    }
}
