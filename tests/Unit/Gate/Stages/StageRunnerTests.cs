using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Gate.Stages;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Sessions;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate.Stages;

/// <summary>Stages whose test executable is a script.</summary>
public sealed class StageRunnerTests : IDisposable
{
    private static readonly ComponentImage Planned = new("server", "s:1", "sha256:1111", "1", "here");
    private static readonly ComponentRecord PlannedRecord = new("server", "s:1", "sha256:1111", "1", "here");
    private static readonly ComponentImage Before = new("server", "s:0", "sha256:0000", "0", "named by the user");
    private static readonly Profile Plain = new("pr", TimeSpan.FromMinutes(1), [], new Dictionary<string, Requirement>());
    private readonly TemporaryFolder root = new();
    private readonly Interruption interruption = new();
    private readonly StringWriter told = new();
    private readonly RunFolder run;

    public StageRunnerTests() => run = new RunFolder(Path.Combine(root.Path, "runs", "20261124-083015-4f2a"));

    [Fact]
    public async Task Two_stages_of_a_suite_have_files_of_their_own()
    {
        Suite("echo $VERIFY_STAGE on $VERIFY_BROKER and $VERIFY_TOPOLOGY in $VERIFY_RUN");

        await RunAsync(Of(BrokerKind.Artemis));
        await RunAsync(Of(BrokerKind.Classic, "ha+monitoring"));

        Assert.Contains($"integration-artemis-single on artemis and single in {run.Path}", Log("integration-artemis-single"));
        Assert.Contains(
            $"integration-classic-ha-monitoring on classic and ha+monitoring in {run.Path}",
            Log("integration-classic-ha-monitoring")
        );
    }

    [Fact]
    public async Task What_a_stage_is_asked_for_is_recorded_and_handed_down()
    {
        Suite("echo asked for ${VERIFY_OBJECTIVES:-all}");

        var asked = await RunAsync(Of(BrokerKind.Classic, "pair") with { Objectives = ["a.one", "b.two"] });
        var all = await RunAsync(Of(BrokerKind.Artemis));

        Assert.Equal(["a.one", "b.two"], asked.Record.Objectives);
        Assert.Contains("asked for a.one,b.two", Log("integration-classic-pair"));
        Assert.Null(all.Record.Objectives);
        Assert.Contains("asked for all", Log("integration-artemis-single"));
    }

    [Fact]
    public async Task A_test_knows_its_stage_and_the_stage_what_it_ran_on()
    {
        Suite(
            """
            echo '{"$type":"test-starting","TestUniqueID":"1","TestDisplayName":"A.B","Traits":{"objective":["a.b"]}}'
            echo '{"$type":"test-passed","TestUniqueID":"1","ExecutionTime":0.5}'
            exit 1
            """
        );

        var (record, tests) = await RunAsync(Of(BrokerKind.Classic));

        Assert.Equal("integration-classic-single", Assert.Single(tests).Stage);
        Assert.Equal(
            ("integration", "classic", "single", 1, null),
            (record.Suite, record.Broker, record.Topology, record.ExitCode, record.Reason)
        );
    }

    [Fact]
    public async Task What_is_recorded_is_what_the_description_of_the_stack_says()
    {
        Suite(
            $"mkdir -p {Path.GetDirectoryName(StackOf("integration-classic-single"))}; cp {Files.Golden("stack.json")} {StackOf("integration-classic-single")}"
        );

        var (record, _) = await RunAsync(Of(BrokerKind.Classic), Before);

        Assert.Equal(["verification/redis:8.0.2-1f3c"], record.Components.Select(component => component.Image));
        Assert.Equal(["docker", "destructive", "classic", "previous", "write"], record.Capabilities);
    }

    [Fact]
    public async Task The_images_that_were_resolved_are_handed_down_by_content()
    {
        Suite("echo \"$VERIFY_RESOLVED\"");

        await RunAsync(Of(BrokerKind.Classic), Before);

        var said = (
            await File.ReadAllTextAsync(Path.Combine(run.Tests, "integration-classic-single.log"), TestContext.Current.CancellationToken)
        )
            .Split(' ', 2)[1]
            .Trim();
        Assert.Equal(Files.Text(new ResolvedImages([Planned], [Before])), Files.Text(ResolvedImages.Parse(said, "said")));
    }

    [Fact]
    public async Task The_stack_of_another_stage_says_nothing_of_this_one()
    {
        Suite("exit 0");
        root.File(
            Path.GetRelativePath(root.Path, StackOf("integration-artemis-single")),
            await File.ReadAllTextAsync(Files.Golden("stack.json"), TestContext.Current.CancellationToken)
        );

        var (record, _) = await RunAsync(Of(BrokerKind.Classic), Before);

        Assert.Equal([PlannedRecord], record.Components);
        Assert.Equal(["previous", "write"], record.Capabilities);
    }

    [Fact]
    public async Task A_profile_that_says_what_the_business_expects_gives_its_stages_that()
    {
        Suite("exit 0");
        var expecting = Plain with { Expects = new Expectation(1, 1, TimeSpan.FromSeconds(1)) };

        var (record, _) = await new StageRunner(new ProjectRoot(root.Path), run, expecting, Lines(), TimeProvider.System).RunAsync(
            Of(BrokerKind.Classic),
            [],
            new SessionRequest(),
            [],
            interruption,
            TestContext.Current.CancellationToken
        );

        Assert.Contains(Expectation.Capability, record.Capabilities);
    }

    [Fact]
    public async Task A_stack_that_is_attached_to_is_recorded_as_its_file_says()
    {
        Suite("echo attached to $VERIFY_STACK");

        var (record, _) = await RunAsync(Of(BrokerKind.Classic), new SessionRequest { Stack = Files.Golden("stack.json") });

        Assert.Equal("sha256:1f3c", Assert.Single(record.Components).Digest);
        Assert.Contains($"attached to {Files.Golden("stack.json")}", Log("integration-classic-single"));
    }

    [Fact]
    public async Task A_description_that_cannot_be_read_is_a_reason_and_no_crash()
    {
        Suite(
            $"mkdir -p {Path.GetDirectoryName(StackOf("integration-classic-single"))}; echo '{{}}' > {StackOf("integration-classic-single")}"
        );

        var (record, _) = await RunAsync(Of(BrokerKind.Classic));

        Assert.StartsWith("the description of its stack cannot be read: ", record.Reason);
        Assert.Equal([PlannedRecord], record.Components);
    }

    [Fact]
    public async Task What_cannot_be_run_says_why()
    {
        root.File("tests/Integration/Integration.csproj", "<Project />");
        Assert.StartsWith("no executable in tests/*/bin", (await RunAsync(Of(BrokerKind.Classic))).Record.Reason);

        root.File("tests/Integration/bin/Debug/net10.0/Integration", "no program");
        Assert.StartsWith("crashed with exit code 126: ", (await RunAsync(Of(BrokerKind.Classic))).Record.Reason);

        Directory.Delete(run.Tests, recursive: true);
        root.File(Path.GetRelativePath(root.Path, run.Tests), "a file in the way");
        Assert.StartsWith("it could not be run (", (await RunAsync(Of(BrokerKind.Classic))).Record.Reason);

        interruption.Take("SIGTERM", _ => { }, _ => { });
        Assert.Equal("interrupted", (await RunAsync(Of(BrokerKind.Classic))).Record.Reason);
    }

    [Fact]
    public async Task Where_the_time_is_over_a_stage_is_out_of_time_and_starts_nothing()
    {
        Suite("exit 0");

        var outcome = await new StageRunner(new ProjectRoot(root.Path), run, Plain, Lines(), TimeProvider.System).RunAsync(
            Of(BrokerKind.Classic),
            [],
            new SessionRequest(),
            [],
            interruption,
            new CancellationToken(canceled: true)
        );

        Assert.Equal(("out of time", null), (outcome.Record.Reason, outcome.Record.ExitCode));
        Assert.False(Directory.Exists(run.Tests));
    }

    public void Dispose()
    {
        root.Dispose();
        interruption.Dispose();
        told.Dispose();
    }

    private static PlannedStage Of(BrokerKind broker, string topology = "single") =>
        new(new Stage("integration", broker.ToString().ToLowerInvariant(), topology), TimeSpan.FromMinutes(1), broker, [Planned]);

    private Task<StageOutcome> RunAsync(PlannedStage planned, params IReadOnlyList<ComponentImage> previous) =>
        RunAsync(planned, new SessionRequest(), previous);

    private Task<StageOutcome> RunAsync(PlannedStage planned, SessionRequest request, params IReadOnlyList<ComponentImage> previous) =>
        new StageRunner(new ProjectRoot(root.Path), run, Plain, Lines(), TimeProvider.System).RunAsync(
            planned,
            [],
            request,
            previous,
            interruption,
            TestContext.Current.CancellationToken
        );

    private ProgressLines Lines() => new(Consoles.Of(told, redirected: true), TimeProvider.System);

    private string StackOf(string stage) => run.Of(stage).Stack;

    private string Log(string stage) => File.ReadAllText(Path.Combine(run.Tests, $"{stage}.log"));

    private void Suite(string script)
    {
        root.File("tests/Integration/Integration.csproj", "<Project />");
        File.SetUnixFileMode(
            root.File("tests/Integration/bin/Debug/net10.0/Integration", $"#!/bin/sh\n{script}\n"),
            UnixFileMode.UserRead | UnixFileMode.UserExecute
        );
        Directory.CreateDirectory(run.Path);
    }
}
