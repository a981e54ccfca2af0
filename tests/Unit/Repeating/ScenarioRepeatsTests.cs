using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Gate.Repeating;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Repeating;

/// <summary>How tries are made, kept and counted; what a gate of one comes to is given.</summary>
public sealed class ScenarioRepeatsTests : IDisposable
{
    private static readonly string[] Kill = ["broker-kill.lossless"];
    private static readonly string[] Freeze = ["broker-freeze.lossless"];
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly Interruption interruption = Interruption.Listen(_ => { });
    private readonly List<string> tried = [];

    [Fact]
    public async Task Each_is_tried_as_often_as_is_asked_for_and_counted()
    {
        Assert.Equal(0, await RunAsync(new RepeatOptions(3, false, false, 1), (_, _) => Verdict.Pass));

        Assert.Equal([.. Enumerable.Repeat(Freeze[0], 3), .. Enumerable.Repeat(Kill[0], 3)], tried.Order(StringComparer.Ordinal));
        Assert.Contains("broker-kill: 3 passed, 0 failed, 0 unknown of 3; broker-kill.lossless 1 to 3", Said, StringComparison.Ordinal);
        Assert.Contains("chaos: 6 passed, 0 failed, 0 unknown of 6, in", LastLine, StringComparison.Ordinal);
        Assert.Equal(6, Stored(folder.Path).Count);
        Assert.Equal("run-1", Assert.Single(Stored(Path.Combine(folder.Path, "run-1"))).Run);
    }

    [Theory]
    [InlineData(Verdict.Fail, 1, "1 passed, 1 failed, 0 unknown of 2")]
    [InlineData(Verdict.Unknown, 3, "1 passed, 0 failed, 1 unknown of 2")]
    public async Task One_that_does_not_pass_decides_the_exit_code_and_is_told(Verdict second, int code, string counts)
    {
        Assert.Equal(
            code,
            await RunAsync(
                new RepeatOptions(2, false, false, 1),
                (objective, count) => objective == Kill[0] && count == 2 ? second : Verdict.Pass
            )
        );

        Assert.Contains($"broker-kill: {counts}", Said, StringComparison.Ordinal);
        Assert.Contains($"broker-kill, try 2: {second.ToString().ToUpperInvariant()}: ", Said, StringComparison.Ordinal);
        Assert.Equal(4, tried.Count);
    }

    [Fact]
    public async Task Until_one_fails_it_goes_on_and_no_further()
    {
        Assert.Equal(
            1,
            await RunAsync(
                new RepeatOptions(null, true, false, 1),
                (objective, count) => objective == Freeze[0] && count == 5 ? Verdict.Fail : Verdict.Pass
            )
        );

        Assert.Equal(5, tried.Count(objective => objective == Freeze[0]));
        Assert.Equal(Freeze[0], tried[^1]);
    }

    [Fact]
    public async Task What_was_decided_on_the_same_content_is_not_tried_again_and_what_was_not_is()
    {
        await RunAsync(
            new RepeatOptions(2, false, false, 1),
            (objective, count) => objective == Freeze[0] && count == 1 ? Verdict.Unknown : Verdict.Pass
        );
        tried.Clear();

        Assert.Equal(0, await RunAsync(new RepeatOptions(3, false, true, 1), (_, _) => Verdict.Pass));

        Assert.Equal([Freeze[0], Freeze[0], Kill[0]], tried.Order(StringComparer.Ordinal));
        Assert.Contains("chaos: 6 passed, 0 failed, 0 unknown of 6", LastLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_on_the_same_content_is_not_forgotten()
    {
        await RunAsync(new RepeatOptions(1, false, false, 1), (_, _) => Verdict.Fail);
        tried.Clear();

        Assert.Equal(1, await RunAsync(new RepeatOptions(1, false, true, 1), (_, _) => Verdict.Pass));

        Assert.Empty(tried);
    }

    [Fact]
    public async Task On_other_content_or_another_broker_every_try_is_made_again()
    {
        await RunAsync(new RepeatOptions(1, false, false, 1), (_, _) => Verdict.Pass);
        tried.Clear();

        await RunAsync(new RepeatOptions(1, false, true, 1), (_, _) => Verdict.Pass, broker: "classic");
        await RunAsync(
            new RepeatOptions(1, false, true, 1),
            (_, _) => Verdict.Pass,
            images: new Dictionary<string, string> { ["server"] = "x:1" }
        );

        Assert.Equal(4, tried.Count);
    }

    [Fact]
    public async Task Each_is_kept_and_counted_where_it_was_tried()
    {
        await RunAsync(new RepeatOptions(1, false, false, 1), (_, _) => Verdict.Pass, freezeOn: "pair");

        Assert.Equal(
            [("broker-freeze", "pair"), ("broker-kill", "pairs")],
            Stored(folder.Path).Select(result => (result.Scenario, result.Topology)).Order()
        );
        tried.Clear();

        await RunAsync(new RepeatOptions(1, false, true, 1), (_, _) => Verdict.Pass);

        Assert.Equal(Freeze, tried);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_try_that_a_signal_has_cut_short_is_not_counted_and_the_rest_is_told(bool beforeItsVerdict)
    {
        var code = await RunAsync(
            new RepeatOptions(2, false, false, 1),
            (_, _) =>
            {
                if (tried.Count < 3)
                    return Verdict.Pass;
                interruption.Take("SIGINT", _ => { }, _ => { });
                return beforeItsVerdict ? throw new OperationCanceledException() : Verdict.Pass;
            }
        );

        Assert.Equal(130, code);
        Assert.Contains("chaos: 2 passed, 0 failed, 0 unknown of 4", LastLine, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        interruption.Dispose();
        output.Dispose();
        folder.Dispose();
    }

    private string Said => output.ToString();

    private string LastLine => Said.TrimEnd().Split('\n')[^1];

    private static IReadOnlyList<ScenarioResult> Stored(string folder)
    {
        using var log = new JsonLines<ScenarioResult>(Path.Combine(folder, "chaos.jsonl"), ScenarioResult.Schema);
        return log.Read();
    }

    /// <summary>Tries two scenarios; a figure is the number of the try.</summary>
    private Task<int> RunAsync(
        RepeatOptions options,
        Func<string, int, Verdict> verdictOf,
        string broker = "artemis",
        IReadOnlyDictionary<string, string>? images = null,
        string freezeOn = "pairs"
    )
    {
        var root = ProjectRoot.Find();
        var gates = GatesFile.Read(root.Gates);
        var gate = new GateOptions
        {
            Profile = "nightly",
            Gates = root.Gates,
            Sut = root.Sut,
            Images = images ?? new Dictionary<string, string>(),
        };
        return new ScenarioRepeats(
            folder.Path,
            new ProgressLines(Consoles.Of(output, redirected: true), TimeProvider.System),
            TimeProvider.System,
            (asked, _) => Task.FromResult(JudgedAs(asked.Only[0], verdictOf, gates))
        ).RunAsync(
            new Dictionary<string, RepeatedScenario> { ["broker-kill"] = On("pairs", Kill), ["broker-freeze"] = On(freezeOn, Freeze) },
            options,
            interruption
        );

        RepeatedScenario On(string topology, IReadOnlyList<string> objectives) =>
            new(
                gate with
                {
                    Only = objectives,
                },
                new RepeatedPlace(broker, topology, new ScenarioContent(root, ChaosCommand.Suite, topology, gates, gate))
            );
    }

    private ReleaseVerdict JudgedAs(string objective, Func<string, int, Verdict> verdictOf, Gates gates)
    {
        tried.Add(objective);
        var count = tried.Count(each => each == objective);
        var verdict = verdictOf(objective, count);
        var run = $"run-{tried.Count}";
        Directory.CreateDirectory(Path.Combine(folder.Path, run));
        var sample = FixtureRuns.Load("pass").Verdict;
        var line = sample.Objectives[0].Lines[0];
        return sample with
        {
            Run = run,
            Verdict = verdict,
            Objectives =
            [
                new ObjectiveVerdict(
                    gates.Objectives[objective],
                    Requirement.Required,
                    true,
                    verdict,
                    null,
                    "as given",
                    [line with { Evidence = line.Evidence with { Objective = objective, Value = count } }]
                ),
            ],
        };
    }
}
