using System.Globalization;
using System.Text.RegularExpressions;
using Verification.Objectives;
using Verification.Tests.Unit.Objectives;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Verification.Tests.Unit.Ci;

/// <summary>A job that decides a profile may take what its profile may take, and a fixed time more for the machine and the
/// images.</summary>
public sealed partial class TimeLimitTests
{
    private const int Beside = 40;
    private static readonly Gates Own = GatesFile.Read(Path.Combine(Files.Root, "gates.yaml"));
    private static readonly GitlabFile Gitlab = new(CiFiles.Read(CiFiles.Gitlab));

    /// <summary>Each job that decides a profile: where it stands, its profile, its time limit in minutes.</summary>
    public static TheoryData<string, string, int> Jobs => [.. OfWorkflows().Concat(OfGitlab()).Concat(OfDocs())];

    [Theory]
    [MemberData(nameof(Jobs))]
    public void A_job_of_a_gate_may_take_40_minutes_more_than_its_profile(string place, string profile, int minutes) =>
        Assert.True(
            minutes == Own.Profiles[profile].TimeLimit.TotalMinutes + Beside,
            $"{place}: profile {profile} may take {Own.Profiles[profile].TimeLimit.TotalMinutes} min, its job {minutes}"
        );

    [Fact]
    public void Every_profile_has_a_job_on_both_platforms_and_a_row_in_the_docs() =>
        Assert.All(
            Own.Profiles.Keys.Except([Profile.OfTests, Profile.OfDeployed, Profile.OfClusters]),
            profile =>
                Assert.Equal(
                    ["docs/ci.md", "github", "gitlab"],
                    Jobs.Select(job => job.Data)
                        .Where(job => job.Item2 == profile && job.Item1 != "docs/gate-job.yml")
                        .Select(job => job.Item1.Split(' ')[0])
                        .Distinct()
                        .Order(StringComparer.Ordinal)
                )
        );

    [Fact]
    public void Tests_and_drills_are_held_to_it_too() =>
        Assert.Equal(
            [
                "github drills.yml, job drills",
                "github drills.yml, job latest",
                "github nightly.yml, job dotnet-test",
                "github nightly.yml, job gate",
                "github pr.yml, job gate",
                "github pr.yml, job tests",
                "github release.yml, job gate",
            ],
            Jobs.Select(job => job.Data.Item1)
                .Where(place => place.StartsWith("github ", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void The_stages_of_a_profile_fit_into_its_limit() =>
        Assert.All(
            Own.Profiles.Values,
            profile =>
                Assert.True(
                    profile.Suites.Sum(suite => suite.Budget.TotalMinutes * (suite.Brokers == SuiteBrokers.Every ? 2 : 1))
                        <= profile.TimeLimit.TotalMinutes,
                    $"the budgets of profile {profile.Name} are more than its limit"
                )
        );

    private static IEnumerable<(string, string, int)> OfWorkflows() =>
        from file in CiFiles.Workflows.Append(CiFiles.CopiedJob)
        from job in WorkflowTests.Jobs(CiFiles.Read(file))
        from step in job.Value.Find("steps").Items()
        let profile = step.Text("uses") is { } uses && (uses == "./" || uses.Contains("/verification@", StringComparison.Ordinal))
            ? step.Find("with").Texts().GetValueOrDefault("profile", UsualProfile())
            : ProfileOf(step.Text("run"))
        where profile is not null
        let place = file == CiFiles.CopiedJob ? "docs/gate-job.yml" : $"github {Path.GetFileName(file)}, job {job.Key}"
        select (place, profile, int.Parse(job.Value.Text("timeout-minutes")!, CultureInfo.InvariantCulture));

    private static IEnumerable<(string, string, int)> OfGitlab() =>
        from job in Gitlab.Jobs
        let text = CiScript.OfGitlab(job, Gitlab).Text
        let profile = text.Contains("./verify gate ", StringComparison.Ordinal) ? Gitlab.VariablesOf(job)["PROFILE"] : ProfileOf(text)
        where profile is not null
        let timeout = ((YamlScalarNode)Gitlab.ValueOf(job, "timeout")!).Value!
        select ($"gitlab {job}", profile, int.Parse(timeout.Split(' ')[0], CultureInfo.InvariantCulture));

    private static IEnumerable<(string, string, int)> OfDocs() =>
        Row()
            .Matches(File.ReadAllText(Path.Combine(Files.Root, "docs", "ci.md")))
            .Select(row =>
                (
                    $"docs/ci.md {row.Groups["profile"].Value}",
                    row.Groups["profile"].Value,
                    int.Parse(row.Groups["minutes"].ValueSpan, CultureInfo.InvariantCulture)
                )
            );

    /// <summary>The profile that a script decides without a gate; null for none.</summary>
    private static string? ProfileOf(string? script) =>
        script switch
        {
            not null when script.Contains("./verify drill ", StringComparison.Ordinal) => "nightly",
            not null
                when script.Contains("./verify test", StringComparison.Ordinal)
                    || script.Contains("dotnet test ", StringComparison.Ordinal) => Profile.OfTests,
            _ => null,
        };

    private static string UsualProfile() => CiFiles.Read(CiFiles.Action).Find("inputs")!.Find("profile")!.Text("default")!;

    [GeneratedRegex(
        @"^\| \[`\w+\.yml`\].*gate --profile (?<profile>\w+).*\| (?<minutes>\d+) min",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Row();
}
