using Verification.Gate.Commands;
using Verification.Gate.Mutants;
using Verification.Objectives;
using Verification.Stack;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class MutantContentTests
{
    // Of the suites that are not built here nobody knows what they measure: each may decide.
    private const string Gates = """
        schema: 1
        objectives:
          load.fast: {promise: p, unit: ms, comparison: at-most, limit: 100, minObservations: 5}
          load.other: {promise: p, unit: ms, comparison: at-most, limit: 100, minObservations: 5}
          manifests.sound: {promise: p, unit: findings, comparison: at-most, limit: 0, minObservations: 5}
          nobody.asks: {promise: p, unit: findings, comparison: at-most, limit: 0, minObservations: 5}
        profiles:
          pr: {limit: 9 s, suites: {load: {budget: 1 s}}, required: [load.fast, load.other]}
          nightly: {limit: 9 s, suites: {deployment: {budget: 1 s, brokers: none}}, required: [manifests.sound]}
        waivers: []

        """;

    private const string Versions = """
        components:
          mysql: {version: "9.7", image: "mysql:9.7", recipe: mysql}
          velero: {version: "1.18", image: "velero/velero:v1.18.0", recipe: velero}
          aspnet: {version: "10.0", image: "mcr.microsoft.com/dotnet/aspnet:10.0", recipe: aspnet}
        services:
          server: {project: services/Server/Server.csproj, base: aspnet, recipe: server}
        tools:
          helm: {version: "4.3.1", elsewhere: the distribution, objectives: [manifests.sound]}

        """;

    private const string Change = "defect.patch";

    [Theory]
    [InlineData("services/Server/Program.cs")]
    [InlineData("config/mysql/my.cnf")]
    [InlineData("images/mysql/recipe.yaml")]
    [InlineData("images/aspnet/recipe.yaml")]
    [InlineData("images/base/recipe.yaml")]
    [InlineData("src/Used/Type.cs")]
    [InlineData("src/UsedByUsed/Type.cs")]
    [InlineData("tests/Load/LoadTests.cs")]
    [InlineData("safe-settings.yaml")]
    [InlineData("sut.yaml")]
    [InlineData("Directory.Packages.props")]
    [InlineData(Change)]
    public void Whatever_a_result_rests_on_gives_another_name(string file) =>
        Assert.NotEqual(Named("load.fast"), Named("load.fast", folder => folder.File(file, "changed")));

    [Theory]
    [InlineData("services/Server/bin/x.dll")]
    [InlineData("src/Other/Type.cs")]
    [InlineData("tests/Deployment/DeploymentTests.cs")]
    [InlineData("charts/service/values.yaml")]
    [InlineData("infra/main.tf")]
    [InlineData("config/backup/clone")]
    [InlineData("images/elasticsearch/recipe.yaml")]
    [InlineData("images/velero/recipe.yaml")]
    [InlineData("docs/mutants.md")]
    public void What_it_does_not_rest_on_leaves_the_name(string file) =>
        Assert.Equal(Named("load.fast"), Named("load.fast", folder => folder.File(file, "changed")));

    [Theory]
    [InlineData("charts/service/values.yaml")]
    [InlineData("environments/common.yaml")]
    [InlineData("infra/main.tf")]
    [InlineData("helmfile.yaml")]
    [InlineData("config/backup/clone")]
    [InlineData("tests/Deployment/DeploymentTests.cs")]
    public void What_a_suite_without_a_topology_looks_at_is_what_deploys_too(string file) =>
        Assert.NotEqual(Named("manifests.sound"), Named("manifests.sound", folder => folder.File(file, "changed")));

    [Theory]
    [InlineData("9.7", "9.8", false)]
    [InlineData("aspnet:10.0", "aspnet:10.1", false)]
    [InlineData("Server.csproj", "Other.csproj", false)]
    [InlineData("v1.18.0", "v1.18.1", true)]
    [InlineData("[manifests.sound]", "[manifests.sound, deploy.serves]", true)]
    public void Of_the_versions_those_of_its_topology_count(string version, string other, bool same)
    {
        var changed = Versions.Replace(version, other, StringComparison.Ordinal);
        string Of(string objective) => Named(objective, folder => folder.File("config/versions.yaml", changed));

        Assert.NotEqual(Versions, changed);
        Assert.Equal(same, Named("load.fast") == Of("load.fast"));
        Assert.NotEqual(Named("manifests.sound"), Of("manifests.sound"));
    }

    [Theory]
    [InlineData("load.fast: {promise: p, unit: ms, comparison: at-most, limit: 100", false)]
    [InlineData("load: {budget: 1 s}", true)]
    [InlineData("load.other: {promise: p, unit: ms, comparison: at-most, limit: 100", true)]
    [InlineData("nobody.asks: {promise: p", true)]
    public void Only_the_limit_of_its_own_objective_counts(string line, bool same)
    {
        var changed = line.Contains("100", StringComparison.Ordinal)
            ? line.Replace("100", "200", StringComparison.Ordinal)
            : line.Replace("1 s", "2 s", StringComparison.Ordinal).Replace("promise: p", "promise: q", StringComparison.Ordinal);

        Assert.Contains(line, Gates);
        Assert.Equal(
            same,
            Named("load.fast")
                == Named("load.fast", folder => folder.File("gates.yaml", Gates.Replace(line, changed, StringComparison.Ordinal)))
        );
    }

    [Fact]
    public void On_another_topology_it_is_another_result() =>
        Assert.NotEqual(
            Named("load.fast"),
            Named(
                "load.fast",
                folder =>
                    folder.File(
                        "gates.yaml",
                        Gates.Replace("load: {budget: 1 s}", "load: {budget: 1 s, topology: ha}", StringComparison.Ordinal)
                    )
            )
        );

    [Theory]
    [InlineData("load.other", true)]
    [InlineData("load.fast", false)]
    public void An_entry_beside_its_suite_counts_where_it_is_asked_for_its_objective(string asked, bool same)
    {
        var beside = Gates.Replace(
            "load: {budget: 1 s}",
            $"load: {{budget: 1 s}}, load-ha: {{suite: load, budget: 1 s, topology: ha, objectives: [{asked}]}}",
            StringComparison.Ordinal
        );

        Assert.NotEqual(Gates, beside);
        Assert.Equal(same, Named("load.fast") == Named("load.fast", folder => folder.File("gates.yaml", beside)));
    }

    [Fact]
    public void Where_any_objective_may_catch_it_all_of_the_profile_count()
    {
        using var folder = Project();
        var candidate = Candidate(folder, "load.fast");
        var before = new MutantContent(new ProjectRoot(folder.Path)).Of(candidate, "pr");

        folder.File(
            "gates.yaml",
            Gates.Replace(
                "load.other: {promise: p, unit: ms, comparison: at-most, limit: 100",
                "load.other: {promise: p, unit: ms, comparison: at-most, limit: 200",
                StringComparison.Ordinal
            )
        );

        Assert.NotEqual(before, new MutantContent(new ProjectRoot(folder.Path)).Of(candidate, "pr"));
    }

    [Fact]
    public void Of_one_that_may_break_no_rule_only_a_kill_rests_on_its_own_objective()
    {
        using var folder = Project();
        var content = new MutantContent(new ProjectRoot(folder.Path));
        var candidate = Candidate(folder, "load.fast");
        var unruled = candidate with { Unruled = "It breaks no rule" };
        MutantResult? Found(MutantCandidate of, string rests, MutantOutcome outcome)
        {
            var result = new MutantResult("defect", rests, outcome, "load.fast", "why", 1, DateTimeOffset.UnixEpoch);
            return content.ResultOf(of, new Dictionary<(string, string), MutantResult> { [("defect", rests)] = result });
        }

        Assert.NotEqual(content.Of(unruled), content.OfWhole(unruled));
        Assert.NotNull(Found(candidate, content.Of(candidate), MutantOutcome.Inert));
        Assert.Null(Found(candidate, content.OfWhole(candidate), MutantOutcome.Inert));
        Assert.NotNull(Found(unruled, content.Of(unruled), MutantOutcome.Killed));
        Assert.Null(Found(unruled, content.Of(unruled), MutantOutcome.Inert));
        Assert.NotNull(Found(unruled, content.OfWhole(unruled), MutantOutcome.Inert));
        Assert.NotNull(Found(unruled, content.OfWhole(unruled), MutantOutcome.Killed));
    }

    [Fact]
    public void What_no_profile_asks_for_is_wrong_use() =>
        Assert.Contains("no profile", Assert.Throws<UsageException>(() => Named("nobody.asks")).Message);

    private static string Named(string objective, Action<TemporaryFolder>? change = null)
    {
        using var folder = Project();
        change?.Invoke(folder);
        return new MutantContent(new ProjectRoot(folder.Path)).Of(Candidate(folder, objective));
    }

    private static MutantCandidate Candidate(TemporaryFolder folder, string objective) =>
        new(
            new Mutant(
                "defect",
                "It is wrong.",
                objective,
                new Dictionary<string, string>(),
                Path.Combine(folder.Path, Change),
                null,
                TimeSpan.FromSeconds(60)
            )
        );

    private static TemporaryFolder Project()
    {
        var folder = new TemporaryFolder();
        foreach (
            var file in new[]
            {
                "services/Server/Program.cs",
                "config/mysql/my.cnf",
                "config/backup/clone",
                "images/mysql/recipe.yaml",
                "images/elasticsearch/recipe.yaml",
                "images/aspnet/recipe.yaml",
                "images/base/recipe.yaml",
                "images/velero/recipe.yaml",
                "src/Used/Type.cs",
                "src/UsedByUsed/Type.cs",
                "src/Other/Type.cs",
                "tests/Load/LoadTests.cs",
                "tests/Deployment/DeploymentTests.cs",
                "charts/service/values.yaml",
                "environments/common.yaml",
                "infra/main.tf",
                "helmfile.yaml",
                "safe-settings.yaml",
                "sut.yaml",
                "Directory.Packages.props",
                Change,
            }
        )
            folder.File(file, "as it is");
        folder.File("gates.yaml", Gates);
        folder.File("config/versions.yaml", Versions);
        folder.File("src/UsedByUsed/UsedByUsed.csproj", "<Project/>");
        folder.File("src/Used/Used.csproj", "<Project><ProjectReference Include=\"../UsedByUsed/UsedByUsed.csproj\"/></Project>");
        folder.File("tests/Load/Load.csproj", "<Project><ProjectReference Include=\"../../src/Used/Used.csproj\"/></Project>");
        folder.File("tests/Deployment/Deployment.csproj", "<Project/>");
        return folder;
    }
}
