using System.Text.RegularExpressions;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Verification.Tests.Unit.Ci;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> All => [.. CiFiles.Workflows, CiFiles.CopiedJob];

    [Fact]
    public async Task Every_workflow_is_clean_to_actionlint() =>
        Assert.Empty(await Actionlint.FindingsAsync([.. CiFiles.Workflows, CiFiles.CopiedJob]));

    [Theory]
    [InlineData("action.yml")]
    [InlineData(".github/actions/prepare/action.yml")]
    [InlineData(".github/actions/keep/action.yml")]
    public async Task The_steps_of_an_action_are_clean_to_actionlint(string file)
    {
        // actionlint reads workflows only: the same steps, as a workflow that is called with the action's inputs.
        using var folder = new TemporaryFolder();
        var action = CiFiles.Read(Path.Combine(Files.Root, file));
        var inputs = new YamlMappingNode(
            action.Find("inputs").Keys().SelectMany(input => new YamlNode[] { input, new YamlMappingNode("type", "string") })
        );
        var workflow = new YamlMappingNode(
            "on",
            new YamlMappingNode("workflow_call", new YamlMappingNode("inputs", inputs)),
            "jobs",
            new YamlMappingNode("gate", new YamlMappingNode("runs-on", "ubuntu-latest", "steps", action.Find("runs")!.Find("steps")!))
        );
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(workflow)).Save(text, assignAnchors: false);

        Assert.Empty(await Actionlint.FindingsAsync(folder.File("action.yml", text.ToString())));
    }

    [Fact]
    public async Task A_broken_workflow_is_found()
    {
        var findings = string.Join(
            '\n',
            await Actionlint.FindingsAsync(Path.Combine(Files.Root, "tests", "Unit", "Ci", "fixtures", "broken.yml"))
        );

        Assert.Contains("unexpected key \"timeout\" for \"job\" section", findings);
        Assert.Contains("is potentially untrusted", findings);
        Assert.Contains("needs job \"gates\"", findings);
        Assert.Contains("[expression]", findings);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_workflow_has_the_least_rights_and_every_job_its_time_limit(string file)
    {
        var workflow = CiFiles.Read(file);

        Assert.Equal(new Dictionary<string, string> { ["contents"] = "read" }, workflow.Find("permissions").Texts());
        Assert.All(Jobs(workflow), job => Assert.Null(job.Value.Find("permissions")));
        Assert.All(Jobs(workflow), job => Assert.NotNull(job.Value.Text("timeout-minutes")));
        Assert.True(
            file == CiFiles.CopiedJob || workflow.Find("concurrency")?.Text("group") is not null,
            $"{file} names no concurrency group"
        );
    }

    [Fact]
    public void Every_action_is_pinned_to_a_commit() =>
        Assert.All(
            CiFiles
                .Workflows.SelectMany(file => Jobs(CiFiles.Read(file)))
                .SelectMany(job => job.Value.Find("steps").Items())
                .Concat(
                    new[] { CiFiles.Action, CiFiles.Prepare, CiFiles.Keep }.SelectMany(file =>
                        CiFiles.Read(file).Find("runs")!.Find("steps").Items()
                    )
                )
                .Select(step => step.Text("uses"))
                .OfType<string>(),
            uses => Assert.True(CiFiles.ActionOf(uses) is not null || CommitOf().IsMatch(uses), uses)
        );

    [Fact]
    public void No_script_holds_an_expression_that_could_become_code() =>
        Assert.DoesNotContain(
            CiFiles.Workflows.SelectMany(file =>
                CiScript.OfWorkflow(file, new Dictionary<string, string> { ["images"] = "", ["previous"] = "" })
            ),
            script => script.Text.Contains("${{", StringComparison.Ordinal)
        );

    /// <summary>A job whose gate is not PASS has failed, and <c>actions/cache</c> itself keeps what a job got only where it has
    /// not.</summary>
    [Fact]
    public void What_is_restored_from_a_cache_is_kept_whatever_came_of_the_job()
    {
        var lists = CiFiles
            .Workflows.SelectMany(file => Jobs(CiFiles.Read(file)))
            .Select(job => job.Value.Find("steps").Items().ToList())
            .Append([.. CiFiles.Read(CiFiles.Action).Find("runs")!.Find("steps").Items()])
            .ToList();

        Assert.DoesNotContain(lists.SelectMany(steps => steps), step => IsOf(step, "actions/cache@"));
        Assert.Contains(lists, steps => steps.Exists(step => IsOf(step, "actions/cache/restore@")));
        Assert.All(
            lists,
            steps =>
            {
                Assert.Equal(
                    steps.Where(step => IsOf(step, "actions/cache/restore@")).Select(Cached).Order(StringComparer.Ordinal),
                    Kept(steps, "actions/cache/save@").Select(Cached).Order(StringComparer.Ordinal)
                );
                Assert.Equal(steps.Count(step => IsOf(step, "./.github/actions/prepare")), Kept(steps, "./.github/actions/keep").Count());
            }
        );
        Assert.Equal(Cached(StepOf(CiFiles.Prepare, "actions/cache/restore@")), Cached(StepOf(CiFiles.Keep, "actions/cache/save@")));
    }

    private static YamlNode StepOf(string action, string uses) =>
        Assert.Single(CiFiles.Read(action).Find("runs")!.Find("steps").Items(), step => IsOf(step, uses));

    private static bool IsOf(YamlNode step, string uses) => step.Text("uses")?.StartsWith(uses, StringComparison.Ordinal) == true;

    private static IEnumerable<YamlNode> Kept(IEnumerable<YamlNode> steps, string uses) =>
        steps.Where(step => IsOf(step, uses) && step.Text("if")?.StartsWith("always()", StringComparison.Ordinal) == true);

    private static string Cached(YamlNode step) => $"{step.Find("with")!.Text("key")}: {step.Find("with")!.Text("path")}";

    [GeneratedRegex("^[a-z/-]+@[0-9a-f]{40}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommitOf();

    internal static Dictionary<string, YamlNode> Jobs(YamlMappingNode workflow) =>
        ((YamlMappingNode)workflow.Find("jobs")!).Children.ToDictionary(job => ((YamlScalarNode)job.Key).Value!, job => job.Value);
}
