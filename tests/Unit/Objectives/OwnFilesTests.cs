using System.Text.RegularExpressions;
using Verification.Gate.Mutants;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>gates.yaml, sut.yaml and the tests of this checkout agree.</summary>
public sealed partial class OwnFilesTests
{
    private static readonly Gates Own = GatesFile.Read(Path.Combine(Files.Root, "gates.yaml"), SuiteExecutables.All(Files.Root));

    [Fact]
    public void The_system_under_test_promises_only_extras_that_are_objectives()
    {
        var extras = Own.Objectives.Values.Where(objective => objective.Kind == ObjectiveKind.Extra).Select(objective => objective.Id);
        Assert.Empty(SutFile.Read(Path.Combine(Files.Root, "sut.yaml")).Extras.Except(extras));
    }

    [Fact]
    public void Every_objective_a_test_names_is_in_the_gates() => Assert.Empty(Named().Except(Own.Objectives.Keys).Order());

    /// <summary>A checkout that turns line ends around would change what programs of containers are.</summary>
    [Fact]
    public void Line_ends_are_the_same_in_every_checkout() =>
        Assert.Contains("* text=auto eol=lf", File.ReadAllLines(Path.Combine(Files.Root, ".gitattributes")));

    [Fact]
    public void Every_objective_of_the_gates_is_named_by_a_test() => Assert.Empty(Own.Objectives.Keys.Except(Named()).Order());

    [Fact]
    public void Every_objective_of_the_gates_is_asked_for_by_a_profile() =>
        Assert.Empty(Own.Objectives.Keys.Except(Own.Profiles.Values.SelectMany(profile => profile.Requirements.Keys)).Order());

    [Fact]
    public void Every_suite_of_the_solution_is_run_by_a_profile_and_is_there() =>
        Assert.Equal(
            SuiteExecutables.All(Files.Root).Except(["unit"]),
            Own.Profiles.Values.SelectMany(profile => profile.Suites).Select(suite => suite.Suite).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void What_an_entry_of_a_profile_is_asked_for_is_named_by_a_test_of_its_suite() =>
        Assert.All(
            Own.Profiles.Values.SelectMany(profile => profile.Suites).Where(entry => entry.Objectives is not null),
            entry => Assert.Empty(entry.Objectives!.Except(NamedIn(SuiteExecutables.FolderOf(Files.Root, entry.Suite)!)))
        );

    [Fact]
    public void Every_objective_that_a_profile_requires_has_a_mutant_or_a_row_that_names_one()
    {
        var root = ProjectRoot.Find();
        var written = MutantRun.Written(root);
        var names = written.Concat(GeneratedMutants.Of(root)).Select(candidate => candidate.Mutant.Name).ToHashSet(StringComparer.Ordinal);
        var rows = Row()
            .Matches(File.ReadAllText(Path.Combine(Files.Root, "mutants", "README.md")))
            .ToDictionary(row => row.Groups["objective"].Value, row => row.Groups["mutant"].Value);
        var required = Own
            .Profiles.Values.SelectMany(profile => profile.Requirements)
            .Where(each => each.Value == Requirement.Required)
            .Select(each => each.Key)
            .Distinct();

        Assert.Empty(required.Except(written.Select(candidate => candidate.Mutant.Objective)).Except(rows.Keys).Order());
        Assert.Empty(rows.Values.Except(names).Order());
        Assert.Empty(rows.Keys.Except(Own.Objectives.Keys).Order());
        // A row beside a mutant of its own says what is no longer so.
        Assert.Empty(rows.Keys.Intersect(written.Select(candidate => candidate.Mutant.Objective)).Order());
    }

    [Fact]
    public void What_sees_the_defects_that_can_not_be_seeded_is_there()
    {
        var text = File.ReadAllText(Path.Combine(Files.Root, "mutants", "README.md"));
        var named = text[text.IndexOf("## Those of the program itself", StringComparison.Ordinal)..].Split("\n## ")[0];
        var tests = Directory
            .EnumerateFiles(Path.Combine(Files.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file));

        Assert.NotEmpty(TestName().Matches(named));
        Assert.Empty(TestName().Matches(named).Select(test => test.Groups["test"].Value).Except(tests, StringComparer.Ordinal));
    }

    /// <summary>One without it, or with a name that nobody suspects, could not be named by any evidence.</summary>
    [Fact]
    public void Every_mutant_whose_objective_names_somebody_says_which_component_is_at_fault()
    {
        var named = Own.Objectives.Values.SelectMany(objective => objective.Suspects ?? []).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(
            MutantRun
                .Written(ProjectRoot.Find())
                .Select(candidate => candidate.Mutant)
                .Where(mutant => Own.Objectives[mutant.Objective].Suspects is not null)
                .Where(mutant => mutant.Component is not { } component || !named.Contains(component))
                .Select(mutant => mutant.Name)
        );
    }

    [Fact]
    public void The_table_of_the_README_has_every_objective_and_no_other()
    {
        var table = File.ReadLines(Path.Combine(Files.Root, "README.md"))
            .SkipWhile(line => !line.StartsWith("| objective |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[1]);
        var named = table
            .SelectMany(cell => Quoted().Matches(cell))
            .Select(match => match.Groups["id"].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Own.Objectives.Keys.Except(named).Order());
        Assert.Empty(named.Except(Own.Objectives.Keys).Order());
    }

    [GeneratedRegex(
        @"^\| `(?<objective>[^`]+)` \| `(?<mutant>[^`]+)` \|",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Row();

    [GeneratedRegex("`(?<test>[A-Za-z]+Tests)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();

    [GeneratedRegex(@"`(?<id>[^`]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        "^tests/Unit/|/(obj|bin)/",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Elsewhere();

    /// <summary>Ids as the sources of the suites name them: in an attribute.</summary>
    private static HashSet<string> Named() =>
        [
            // Judged where a session starts its stack, before any test.
            "platform.starts",
            .. NamedIn(Path.Combine(Files.Root, "tests")),
        ];

    private static IEnumerable<string> NamedIn(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Elsewhere().IsMatch(Path.GetRelativePath(Files.Root, file)))
            .SelectMany(file => Name().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["id"].Value);

    [GeneratedRegex(
        @"\[Objective\(""(?<id>[^""]+)""[,)]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Name();
}
