using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Verification.Tests.Unit.Ci;

/// <summary>A script that a job runs.</summary>
/// <param name="Origin">Where it stands, for messages.</param>
/// <param name="Text">What bash reads.</param>
/// <param name="Environment">Variables of its own.</param>
internal sealed partial record CiScript(string Origin, string Text, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly string[] Settings = ["vars.", "secrets.", "github."];
    private static readonly string[] GitlabParts = ["before_script", "script", "after_script"];

    /// <summary>The scripts of a workflow in order, those of this project's own action among them.</summary>
    /// <param name="workflow">Path of the workflow.</param>
    /// <param name="inputs">Values of the workflow's inputs.</param>
    public static IReadOnlyList<CiScript> OfWorkflow(string workflow, IReadOnlyDictionary<string, string> inputs) =>
        [
            .. ((YamlMappingNode)CiFiles.Read(workflow).Find("jobs")!).Children.SelectMany(job =>
                job.Value.Find("steps").Items().SelectMany(step => OfStep($"{Path.GetFileName(workflow)}, job {job.Key}", step, inputs))
            ),
        ];

    /// <summary>The scripts of this project's own action.</summary>
    /// <param name="inputs">Values of its inputs.</param>
    public static IReadOnlyList<CiScript> OfAction(IReadOnlyDictionary<string, string> inputs) =>
        [.. OfAction("action.yml", CiFiles.Action, inputs)];

    /// <summary>The scripts of a job of <c>.gitlab-ci.yml</c>, as one that bash reads.</summary>
    public static CiScript OfGitlab(string job, GitlabFile file) =>
        new(
            $".gitlab-ci.yml, job {job}",
            string.Join('\n', GitlabParts.SelectMany(key => file.ValueOf(job, key).Items()).Select(line => ((YamlScalarNode)line).Value)),
            file.VariablesOf(job)
        );

    private static IEnumerable<CiScript> OfStep(string origin, YamlNode step, IReadOnlyDictionary<string, string> inputs)
    {
        if (step.Text("if") is { } condition && condition == "inputs.profile != ''" && inputs["profile"].Length == 0)
            return [];
        if (step.Text("run") is { } run)
            return [new CiScript(origin, run, step.Find("env").Texts().ToDictionary(pair => pair.Key, pair => Value(pair.Value, inputs)))];
        if (CiFiles.ActionOf(step.Text("uses")) is not { } file)
            return [];
        return OfAction(origin, file, step.Find("with").Texts().ToDictionary(given => given.Key, given => Value(given.Value, inputs)));
    }

    private static IEnumerable<CiScript> OfAction(string origin, string file, IReadOnlyDictionary<string, string> given)
    {
        var action = CiFiles.Read(file);
        var inputs = action.Find("inputs");
        var known = inputs.Keys().ToDictionary(name => name, name => inputs!.Find(name)!.Text("default")!);
        Assert.Subset(known.Keys.ToHashSet(), given.Keys.ToHashSet());
        var ofAction = known.ToDictionary(input => input.Key, input => given.TryGetValue(input.Key, out var value) ? value : input.Value);
        return action
            .Find("runs")!
            .Find("steps")
            .Items()
            .SelectMany(inner => OfStep($"{origin}, {Path.GetRelativePath(Objectives.Files.Root, file)}", inner, ofAction));
    }

    private static string Value(string text, IReadOnlyDictionary<string, string> inputs) =>
        Expression()
            .Replace(
                text,
                match =>
                {
                    var name = match.Groups["input"].Value;
                    // What a repository may have set, and a runner sets: nothing, unless it is given.
                    if (!inputs.TryGetValue(name, out var value) && Settings.Any(kind => name.StartsWith(kind, StringComparison.Ordinal)))
                        return "";
                    Assert.True(value is not null, $"{match.Value} is no known input");
                    return value!.Length == 0 && match.Groups["variable"].Value is { Length: > 0 } variable
                        ? $"the variable {variable}"
                        : value;
                }
            );

    [GeneratedRegex(
        @"\$\{\{ *(inputs\.)?(?<input>[^} ]*)( \|\| vars\.(?<variable>\w+))? *\}\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Expression();
}
