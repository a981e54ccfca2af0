using CliWrap;
using CliWrap.Buffered;
using YamlDotNet.RepresentationModel;

namespace Verification.Tests.Unit.Ci;

/// <summary>A <c>.gitlab-ci.yml</c>, as far as this project uses the format (https://docs.gitlab.com/ci/yaml/).</summary>
internal sealed class GitlabFile(YamlMappingNode root)
{
    private static readonly string[] Globals = ["stages", "default", "variables"];
    private static readonly string[] Needed = ["script", "rules", "timeout"];
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["default"] = ["image", "interruptible"],
        ["job"] =
        [
            "extends",
            "stage",
            "cache",
            "artifacts",
            "script",
            "before_script",
            "after_script",
            "timeout",
            "variables",
            "rules",
            "interruptible",
            "image",
            "tags",
            "allow_failure",
        ],
        ["cache"] = ["key", "paths", "when"],
        ["artifacts"] = ["when", "expire_in", "paths", "exclude", "reports"],
        ["rules"] = ["if", "when"],
        ["reports"] = ["junit"],
        ["allow_failure"] = ["exit_codes"],
    };

    /// <summary>The jobs that run.</summary>
    public IReadOnlyList<string> Jobs => [.. root.Keys().Except(Globals).Where(name => !name.StartsWith('.'))];

    /// <summary>A value of a job, its own or one that it extends.</summary>
    public YamlNode? ValueOf(string job, string key) =>
        root.Find(job) is { } node ? node.Find(key) ?? (node.Text("extends") is { } extended ? ValueOf(extended, key) : null) : null;

    public Dictionary<string, string> VariablesOf(string job)
    {
        var variables = root.Find("variables").Texts();
        foreach (var (name, value) in ValueOf(job, "variables").Texts())
            variables[name] = value;
        return variables;
    }

    /// <summary>What is wrong with the file.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellation)
    {
        var problems = new List<string>();
        if (root.Find("default") is { } common)
            problems.AddRange(Unknown("default", "default", common));
        foreach (var name in root.Keys().Except(Globals))
            problems.AddRange(Unknown(name, "job", root.Find(name)!));
        foreach (
            var name in root.Keys()
                .Except(Globals)
                .Where(name => root.Find(name)!.Text("extends") is { } extended && root.Find(extended) is null)
        )
            problems.Add($"{name}: extends what is not there");
        var stages = root.Find("stages").Items().Select(stage => ((YamlScalarNode)stage).Value);
        foreach (var job in Jobs)
        {
            problems.AddRange(Needed.Where(key => ValueOf(job, key) is null).Select(key => $"{job}: has no {key}"));
            if (!stages.Contains((ValueOf(job, "stage") as YamlScalarNode)?.Value))
                problems.Add($"{job}: has no stage of the list");
            var parsed = await Cli.Wrap("bash")
                .WithArguments(["-n", "-c", CiScript.OfGitlab(job, this).Text])
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellation);
            if (!parsed.IsSuccess)
                problems.Add($"{job}: {parsed.StandardError.Split('\n')[0]}");
        }

        return problems;
    }

    private static IEnumerable<string> Unknown(string place, string kind, YamlNode node) =>
        node switch
        {
            YamlSequenceNode list => list.Children.SelectMany(item => Unknown(place, kind, item)),
            YamlMappingNode mapping => mapping
                .Keys()
                .Except(Known[kind])
                .Select(key => $"{place}: {key} is no key of {kind}")
                .Concat(mapping.Keys().Intersect(Known.Keys).SelectMany(key => Unknown($"{place}.{key}", key, mapping.Find(key)!))),
            _ => [],
        };
}
