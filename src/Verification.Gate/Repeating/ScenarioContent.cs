using Verification.Gate.Runs;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;

namespace Verification.Gate.Repeating;

/// <summary>Names what the result of a scenario rests on: another platform, suite or limit gives another name, and its tries are counted
/// anew.</summary>
internal sealed class ScenarioContent
{
    private readonly Gates gates;
    private readonly string project;

    /// <summary>Hashes the platform that is meant and the suite.</summary>
    /// <param name="root">The project.</param>
    /// <param name="suite">Name of the suite, in any case.</param>
    /// <param name="topology">What it is run on.</param>
    /// <param name="gates">Its objectives.</param>
    /// <param name="options">Which platform is meant.</param>
    public ScenarioContent(ProjectRoot root, string suite, string topology, Gates gates, GateOptions options)
    {
        this.gates = gates;
        using var hash = new ContentHash();
        hash.Add(SuiteContent.Of(root, suite, options.Stack is null ? topology : null));
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
            hash.Add(SuiteContent.Of(objective));
        return hash.Digits();
    }
}
