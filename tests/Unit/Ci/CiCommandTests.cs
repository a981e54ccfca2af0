using Verification.Gate.Commands;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Ci;

/// <summary>The scripts of the jobs are run with a <c>./verify</c> that notes its calls: each must be a command that the program takes and
/// the README documents.</summary>
public sealed class CiCommandTests
{
    private const string Images = "dashboard=registry.example/dashboard:7\nserver=registry.example/server:7\n";
    private const string Previous = "dashboard=registry.example/dashboard:6 server=registry.example/server:6";

    /// <summary>What a job of GitLab ends with that has nothing to drill.</summary>
    private const int NothingNamed = 100;

    private static readonly Dictionary<string, string> Inputs = new() { ["images"] = Images, ["previous"] = Previous };

    /// <summary>Where a repository keeps it.</summary>
    private static readonly string[] Places = ["vars.", "secrets."];

    /// <summary>What names production's newest backup.</summary>
    private static readonly Dictionary<string, string> Backup = new()
    {
        ["BACKUP_BASE"] = "s3:https://s3.example/backup/base",
        ["BACKUP_BINLOGS"] = "s3:https://s3.example/backup/binlogs",
        ["BACKUP_KEY"] = "open sesame",
    };

    /// <summary>The rows of the README that document a command, by its first word.</summary>
    private static readonly ILookup<string, string> Documented = File.ReadLines(Path.Combine(Files.Root, "README.md"))
        .Where(line => line.StartsWith("| `./verify ", StringComparison.Ordinal))
        .SelectMany(line => line.Split("./verify ").Skip(1).Select(part => (Command: part.Split(' ', '`')[0], Line: line)))
        .ToLookup(row => row.Command, row => row.Line, StringComparer.Ordinal);

    public static TheoryData<string> Workflows => [.. CiFiles.Workflows.Select(file => Path.GetFileName(file))];

    public static TheoryData<string> GitlabJobs => [.. new GitlabFile(CiFiles.Read(CiFiles.Gitlab)).Jobs];

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task A_workflow_calls_documented_commands_only(string name)
    {
        using var checkout = new StubCheckout();
        var calls = new List<IReadOnlyList<string>>();
        var inputs = Merged(Inputs, Named(Backup));
        foreach (var script in CiScript.OfWorkflow(CiFiles.Workflows.Single(file => Path.GetFileName(file) == name), inputs))
            calls.AddRange(await checkout.CallsOfAsync(script));

        Assert.NotEmpty(calls);
        Assert.Empty(calls.SelectMany(Problems));
        Assert.All(calls.Where(call => call[0] == "tools"), call => Assert.EndsWith("/.cache/verification/tools", call[^1]));
        Assert.Equal(
            calls.Any(call => call[0] == "tools"),
            checkout.Variables.Any(variable =>
                variable.StartsWith("VERIFY_TOOLS=", StringComparison.Ordinal)
                && variable.EndsWith("/.cache/verification/tools", StringComparison.Ordinal)
            )
        );
        if (name == "drills.yml")
            return;
        Assert.Contains(calls, call => call[0] == "gate" && call.Contains(Path.GetFileNameWithoutExtension(name)));
        Assert.Contains("## PASS", checkout.Summary);
        var archived = await StubCheckout.NamesInAsync(Path.Combine(checkout.Temp, "gate", "runs.tgz"));
        Assert.Contains("evidence.jsonl", archived);
        Assert.DoesNotContain("secrets", archived);
    }

    [Theory]
    [MemberData(nameof(GitlabJobs))]
    public async Task A_job_of_GitLab_calls_documented_commands_only(string job)
    {
        using var checkout = new StubCheckout();
        var script = CiScript.OfGitlab(job, new GitlabFile(CiFiles.Read(CiFiles.Gitlab)));

        var calls = await checkout.CallsOfAsync(script with { Environment = Merged(script.Environment, Backup) });

        Assert.NotEmpty(calls);
        Assert.Empty(calls.SelectMany(Problems));
    }

    [Fact]
    public async Task Each_line_of_images_becomes_an_image_of_the_gate_and_of_the_admission()
    {
        using var checkout = new StubCheckout();
        var calls = new List<IReadOnlyList<string>>();
        foreach (
            var script in CiScript.OfWorkflow(
                CiFiles.Workflows.Single(file => file.EndsWith("release.yml", StringComparison.Ordinal)),
                Inputs
            )
        )
            calls.AddRange(await checkout.CallsOfAsync(script));

        string[] images = ["--image", "dashboard=registry.example/dashboard:7", "server=registry.example/server:7"];
        string[] previous = ["--previous", "dashboard=registry.example/dashboard:6", "server=registry.example/server:6"];
        Assert.Equal(["tools", "gate", "admit"], calls.Select(call => call[0]));
        Assert.Equal([.. images, .. previous], calls[1].TakeLast(images.Length + previous.Length));
        Assert.Equal(images, calls[2].TakeLast(images.Length));
    }

    /// <summary>A key that is missing is no reason to drill nothing: the program refuses, and the job fails.</summary>
    [Theory]
    [InlineData("none")]
    [InlineData("BACKUP_KEY")]
    public async Task Productions_newest_backup_is_drilled_where_a_repository_names_it(string missing)
    {
        using var checkout = new StubCheckout();
        var given = Backup.Where(variable => variable.Key != missing).ToDictionary();

        foreach (var latest in new[] { OfDrills(given, "drill latest"), LatestOfGitlab(given) })
            Assert.Equal(
                ["drill", "latest", "--base", Backup["BACKUP_BASE"], "--binlogs", Backup["BACKUP_BINLOGS"], "--key", "env:BACKUP_KEY"],
                Assert.Single(await checkout.CallsOfAsync(latest))
            );
    }

    /// <summary>A job that is green says that a backup was restored.</summary>
    [Theory]
    [InlineData("BACKUP_BASE")]
    [InlineData("BACKUP_BINLOGS")]
    public async Task Where_none_is_named_it_is_told_and_no_job_is_green_for_it(string missing)
    {
        const string Told = "no backup of production was restored: set the variables BACKUP_BASE";
        using var checkout = new StubCheckout();
        var without = Backup.Where(variable => variable.Key != missing).ToDictionary();

        Assert.Empty(await checkout.CallsOfAsync(OfDrills(without, "::notice::")));
        Assert.Contains($"::notice::{Told}", checkout.Said, StringComparison.Ordinal);
        Assert.Contains(Told, checkout.Summary, StringComparison.Ordinal);
        Assert.Empty(await checkout.CallsOfAsync(LatestOfGitlab(without), code: NothingNamed));
        Assert.Contains(Told, checkout.Said, StringComparison.Ordinal);
        Assert.Equal(
            $"{NothingNamed}",
            Assert
                .Single(new GitlabFile(CiFiles.Read(CiFiles.Gitlab)).ValueOf("drill-latest", "allow_failure")!.Find("exit_codes").Items())
                .ToString()
        );
        var jobs = CiFiles.Read(CiFiles.Workflows.Single(IsDrills)).Find("jobs")!;
        Assert.Equal("vars.BACKUP_BASE != '' && vars.BACKUP_BINLOGS != ''", jobs.Find("latest")!.Text("if"));
        Assert.Contains(
            "vars.BACKUP_BASE == '' || vars.BACKUP_BINLOGS == ''",
            jobs.Find("drills")!.Find("steps").Items().Select(step => step.Text("if"))
        );
    }

    private static bool IsDrills(string file) => file.EndsWith("drills.yml", StringComparison.Ordinal);

    private static CiScript OfDrills(IReadOnlyDictionary<string, string> given, string part) =>
        CiScript
            .OfWorkflow(CiFiles.Workflows.Single(IsDrills), Named(given))
            .Single(script => script.Text.Contains(part, StringComparison.Ordinal));

    private static CiScript LatestOfGitlab(IReadOnlyDictionary<string, string> given)
    {
        var script = CiScript.OfGitlab("drill-latest", new GitlabFile(CiFiles.Read(CiFiles.Gitlab)));
        return script with { Environment = Merged(script.Environment, given) };
    }

    /// <summary>What a repository of GitHub has set.</summary>
    private static Dictionary<string, string> Named(IReadOnlyDictionary<string, string> given) =>
        given
            .SelectMany(variable => Places.Select(kind => (Name: $"{kind}{variable.Key}", variable.Value)))
            .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>By the rights of whoever reads alone: what a drill reads is named apart from what a job has anyway.</summary>
    [Fact]
    public void The_credentials_of_a_drill_of_production_are_given_to_its_one_step()
    {
        var names = File.ReadLines(CiFiles.Workflows.Single(file => file.EndsWith("drills.yml", StringComparison.Ordinal)))
            .Where(line => line.Contains("secrets.", StringComparison.Ordinal))
            .Select(line => line.Trim());

        Assert.Equal(
            [
                "BACKUP_KEY: ${{ secrets.BACKUP_KEY }}",
                "AWS_ACCESS_KEY_ID: ${{ secrets.BACKUP_ACCESS_KEY_ID }}",
                "AWS_SECRET_ACCESS_KEY: ${{ secrets.BACKUP_SECRET_ACCESS_KEY }}",
            ],
            names
        );
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("ours/definitions", $"{StubCheckout.Workspace}/ours/definitions")]
    public async Task The_definitions_that_a_job_has_are_those_of_its_workspace(string given, string folder)
    {
        using var checkout = new StubCheckout();

        foreach (var script in CiScript.OfAction(new Dictionary<string, string> { ["definitions"] = given }))
            await checkout.CallsOfAsync(script);

        Assert.Equal(folder, Assert.Single(checkout.DefinitionsOfGates));
    }

    [Fact]
    public async Task One_job_on_each_platform_runs_the_tests_as_somebody_does_who_knows_the_sdk_alone()
    {
        using var checkout = new StubCheckout();
        foreach (
            var script in CiScript.OfWorkflow(
                CiFiles.Workflows.Single(file => file.EndsWith("nightly.yml", StringComparison.Ordinal)),
                Inputs
            )
        )
            await checkout.CallsOfAsync(script);
        await checkout.CallsOfAsync(CiScript.OfGitlab("dotnet-test", new GitlabFile(CiFiles.Read(CiFiles.Gitlab))));

        Assert.Equal(2, checkout.CallsBeside.Count(call => call == "dotnet test Verification.sln"));
    }

    /// <summary>A suite that lacks a program fails under CI: what a job runs is what it gets the programs for.</summary>
    [Fact]
    public void A_job_gets_the_programs_of_the_profile_that_it_decides()
    {
        var gitlab = new GitlabFile(CiFiles.Read(CiFiles.Gitlab));
        var jobs = CiFiles
            .Workflows.Where(file => !file.EndsWith("drills.yml", StringComparison.Ordinal))
            .SelectMany(file => CiScript.OfWorkflow(file, Inputs).GroupBy(script => script.Origin.Split(", ")[1], script => script.Text))
            .Select(job => string.Join('\n', job))
            .Concat(gitlab.Jobs.Except(["pr", "drills", "drill-latest"]).Select(job => CiScript.OfGitlab(job, gitlab).Text));

        Assert.All(jobs, text => Assert.Contains("./verify tools --profile \"$PROFILE\"", text));
    }

    [Fact]
    public void Where_no_previous_release_is_named_the_variable_of_the_repository_is_taken()
    {
        var scripts = CiScript.OfWorkflow(
            CiFiles.Workflows.Single(file => file.EndsWith("release.yml", StringComparison.Ordinal)),
            new Dictionary<string, string>(Inputs) { ["previous"] = "" }
        );

        Assert.Contains("the variable PREVIOUS", scripts.Select(script => script.Environment.GetValueOrDefault("PREVIOUS")));
    }

    [Fact]
    public async Task GitLabs_variables_name_images_and_the_previous_release()
    {
        using var checkout = new StubCheckout();
        var script = CiScript.OfGitlab("release", new GitlabFile(CiFiles.Read(CiFiles.Gitlab)));

        var calls = await checkout.CallsOfAsync(
            script with
            {
                Environment = new Dictionary<string, string>(script.Environment) { ["PREVIOUS"] = Previous },
            }
        );

        Assert.Contains(calls, call => call[0] == "gate" && call.TakeLast(3).SequenceEqual(["--previous", .. Previous.Split(' ')]));
    }

    [Fact]
    public async Task Services_of_another_kind_are_described_by_a_file_of_the_workspace()
    {
        using var checkout = new StubCheckout();
        var action = CiScript.OfAction(new Dictionary<string, string> { ["sut"] = "deploy/our services.yaml" });
        var job = CiScript.OfGitlab("release", new GitlabFile(CiFiles.Read(CiFiles.Gitlab)));

        List<IReadOnlyList<string>> calls = [];
        foreach (
            var script in action.Append(
                job with
                {
                    Environment = new Dictionary<string, string>(job.Environment) { ["SUT"] = "ours.yaml" },
                }
            )
        )
            calls.AddRange(await checkout.CallsOfAsync(script));

        Assert.Equal(
            [$"{StubCheckout.Workspace}/deploy/our services.yaml", "ours.yaml", "ours.yaml"],
            calls.Where(call => call[0] != "tools").Select(call => call[call.ToList().IndexOf("--sut") + 1])
        );
    }

    [Theory]
    [InlineData("gaet --profile pr", "unknown command gaet")]
    [InlineData("gate --profil pr", "unknown option --profil")]
    [InlineData("gate --keep --only a.b", null)]
    [InlineData("drill --al", "the README does not document drill --al")]
    [InlineData("up --port-server 1", "the README does not document up --port-server")]
    public void A_call_that_is_not_documented_is_found(string call, string? problem)
    {
        var found = string.Join('\n', Problems(call.Split(' ')));

        if (problem is null)
            Assert.Empty(found);
        else
            Assert.Contains(problem, found);
    }

    private static Dictionary<string, string> Merged(IReadOnlyDictionary<string, string> own, IReadOnlyDictionary<string, string> given) =>
        own.Concat(given).GroupBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Last().Value);

    private static IEnumerable<string> Problems(IReadOnlyList<string> call)
    {
        if (new CommandLine(TextWriter.Null, TextWriter.Null, TimeProvider.System).ProblemOf(call) is { } problem)
            yield return problem;
        if (!Documented.Contains(call[0]))
            yield return $"the README does not document {call[0]}";
        foreach (
            var option in call.Where(word =>
                word.StartsWith("--", StringComparison.Ordinal)
                && !Documented[call[0]].Any(row => row.Split([' ', '`', '|', '\\', '[', ']']).Contains(word))
            )
        )
            yield return $"the README does not document {call[0]} {option}";
    }
}
