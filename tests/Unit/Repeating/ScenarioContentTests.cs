using Verification.Gate.Commands;
using Verification.Gate.Repeating;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Repeating;

public sealed class ScenarioContentTests
{
    private const string Objective =
        "schema: 1\nobjectives: {kill.lossless: {promise: p, unit: buffs, comparison: at-most, limit: 0, minObservations: 5}}\nprofiles: {pr: {limit: 1 s, suites: {chaos: {budget: 1 s}}, required: [kill.lossless]}}\nwaivers: []\n";

    [Fact]
    public void The_same_files_have_the_same_name() => Assert.Equal(Named(_ => { }), Named(_ => { }));

    [Theory]
    [InlineData("config/redis/redis.conf")]
    [InlineData("images/netfilter/recipe.yaml")]
    [InlineData("images/redis/recipe.yaml")]
    [InlineData("services/Server/Program.cs")]
    [InlineData("src/Used/Type.cs")]
    [InlineData("tests/Chaos/KillTests.cs")]
    [InlineData("Directory.Packages.props")]
    [InlineData("sut.yaml")]
    public void Whatever_a_try_rests_on_gives_another_name(string file) =>
        Assert.NotEqual(Named(_ => { }), Named(folder => folder.File(file, "changed")));

    [Theory]
    [InlineData("src/Other/Type.cs")]
    [InlineData("tests/Load/LoadTests.cs")]
    [InlineData("docs/chaos.md")]
    [InlineData("config/backup/clone")]
    [InlineData("tests/Chaos/bin/Debug/Chaos.dll")]
    public void What_it_does_not_rest_on_leaves_the_name(string file) =>
        Assert.Equal(Named(_ => { }), Named(folder => folder.File(file, "changed")));

    [Fact]
    public void Another_limit_gives_another_name_and_another_promise_does_not()
    {
        Assert.NotEqual(
            Named(_ => { }),
            Named(folder => folder.File("gates.yaml", Objective.Replace("limit: 0", "limit: 1", StringComparison.Ordinal)))
        );
        Assert.Equal(
            Named(_ => { }),
            Named(folder => folder.File("gates.yaml", Objective.Replace("promise: p", "promise: q", StringComparison.Ordinal)))
        );
    }

    [Fact]
    public void An_image_that_is_named_gives_another_name() =>
        Assert.NotEqual(Named(_ => { }), Named(_ => { }, new Dictionary<string, string> { ["server"] = "x:1" }));

    /// <summary>The scenarios that can be named are those that the suite has.</summary>
    [Fact]
    public void The_scenarios_of_the_command_are_those_of_the_suite()
    {
        var suite = Path.Combine(Objectives.Files.Root, "tests", ChaosCommand.Suite);
        var families = Directory
            .EnumerateFiles(suite, "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.TrimStart().StartsWith("[Objective(\"", StringComparison.Ordinal))
            .Select(line => line.Split('"')[1].Split('.')[0])
            .Where(family => family != "settings")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(families, ChaosCommand.Scenarios);
        Assert.All(
            ChaosCommand.Known(GatesFile.Read(Path.Combine(Objectives.Files.Root, "gates.yaml"))),
            each => Assert.NotEmpty(each.Value)
        );
    }

    private static string Named(Action<TemporaryFolder> change, IReadOnlyDictionary<string, string>? images = null)
    {
        using var folder = new TemporaryFolder();
        var gates = folder.File("gates.yaml", Objective);
        foreach (
            var file in new[]
            {
                "config/redis/redis.conf",
                "images/redis/recipe.yaml",
                "images/netfilter/recipe.yaml",
                "config/backup/clone",
                "services/Server/Program.cs",
                "src/Used/Type.cs",
                "src/Used/Used.csproj",
                "src/Other/Type.cs",
                "tests/Chaos/KillTests.cs",
                "Directory.Build.props",
                "Directory.Packages.props",
                "global.json",
                "sut.yaml",
            }
        )
            folder.File(file, "as it is");
        folder.File("config/versions.yaml", "components: {}\nservices: {}\n");
        folder.File("src/Used/Used.csproj", "<Project/>");
        folder.File("tests/Chaos/Chaos.csproj", "<Project><ProjectReference Include=\"../../src/Used/Used.csproj\"/></Project>");
        change(folder);
        var root = new ProjectRoot(folder.Path);
        return new ScenarioContent(
            root,
            "Chaos",
            "single+netfilter",
            GatesFile.Read(gates),
            new GateOptions
            {
                Profile = "pr",
                Gates = gates,
                Sut = root.Sut,
                Images = images ?? new Dictionary<string, string>(),
            }
        ).Of(["kill.lossless"]);
    }
}
