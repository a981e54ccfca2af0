using System.Text.RegularExpressions;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>gates.yaml, sut.yaml and the tests of this checkout agree.</summary>
public sealed partial class OwnFilesTests
{
    private static readonly string[] Scenarios = ["Integration", "Load", "Chaos", "Recovery", "Observability", "Deployment", "Infrastructure"];
    private static readonly Gates Own = GatesFile.Read(Path.Combine(Files.Root, "gates.yaml"));

    [Fact]
    public void The_system_under_test_promises_only_extras_that_are_objectives()
    {
        var extras = Own.Objectives.Values.Where(objective => objective.Kind == ObjectiveKind.Extra).Select(objective => objective.Id);
        Assert.Empty(SutFile.Read(Path.Combine(Files.Root, "sut.yaml")).Extras.Except(extras));
    }

    [Fact]
    public void Every_objective_a_test_names_is_in_the_gates() => Assert.Empty(Named().Except(Own.Objectives.Keys).Order());

    [Fact]
    public void Every_objective_of_the_gates_is_named_by_a_test() => Assert.Empty(Own.Objectives.Keys.Except(Named()).Order());

    [Fact]
    public void Every_objective_of_the_gates_is_asked_for_by_a_profile() =>
        Assert.Empty(Own.Objectives.Keys.Except(Own.Profiles.Values.SelectMany(profile => profile.Requirements.Keys)).Order());

    /// <summary>Ids as the sources of the scenarios name them: in an attribute.</summary>
    private static HashSet<string> Named() =>
    [
        // Judged where a session starts its stack, before any test.
        "platform.starts",
        .. Scenarios
            .Select(folder => Path.Combine(Files.Root, "tests", folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Name().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["id"].Value),
    ];

    [GeneratedRegex(@"\[Objective\(""(?<id>[^""]+)""\)\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
