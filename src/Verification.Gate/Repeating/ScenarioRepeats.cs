using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Repeating;

/// <summary>Tries scenarios again and again, each time as a gate of its own on a platform of its own, keeps each result and counts
/// them.</summary>
/// <param name="runs">The folder of the stored runs.</param>
/// <param name="progress">Where each try is told.</param>
/// <param name="time">The clock.</param>
/// <param name="judge">Runs a gate to its verdict.</param>
internal sealed class ScenarioRepeats(
    string runs,
    ProgressLines progress,
    TimeProvider time,
    Func<GateOptions, Interruption, Task<ReleaseVerdict>> judge
)
{
    private const string FileName = "chaos.jsonl";

    /// <summary>Tries scenarios.</summary>
    /// <param name="scenarios">The scenarios, by name.</param>
    /// <param name="options">How often.</param>
    /// <param name="interruption">The wish to end: what has been decided so far is counted.</param>
    /// <returns>Exit code: 0 where each passed as often as was asked for, 1 where one failed, 3 where one decided nothing.</returns>
    public async Task<int> RunAsync(
        IReadOnlyDictionary<string, RepeatedScenario> scenarios,
        RepeatOptions options,
        Interruption interruption
    )
    {
        Directory.CreateDirectory(runs);
        var since = time.GetTimestamp();
        var contents = scenarios.ToDictionary(each => each.Key, each => each.Value.Content, StringComparer.Ordinal);
        var results = options.Resume ? AtHand(scenarios, contents) : [];
        if (options.Resume)
            progress.Say($"{results.Count} tries have their result for this content");
        progress.Say($"seed {options.Seed}; --seed {options.Seed} tries in the same order");
        var decided = results.ToLookup(result => result.Scenario, StringComparer.Ordinal);
        foreach (
            var scenario in Rounds.Of(
                [.. scenarios.Keys],
                scenario => options.Times is { } times ? times - decided[scenario].Count() : null,
                options.Seed
            )
        )
        {
            if (interruption.Signal is not null || (options.UntilFail && results.Exists(result => result.Verdict == Verdict.Fail)))
                break;
            var begun = time.GetTimestamp();
            var verdict = await JudgeAsync(scenarios[scenario].Gate, interruption).ConfigureAwait(false);
            if (verdict is not null)
                Keep(results, ResultOf(scenario, contents[scenario], scenarios[scenario].Place, verdict, time.GetElapsedTime(begun)));
        }

        var tallies = scenarios.Keys.Select(scenario => ScenarioTally.Of(scenario, results, options.Times)).ToList();
        Print(tallies, time.GetElapsedTime(since));
        return interruption.ExitCode ?? ExitCodes.Of(tallies.Max(tally => tally.Verdict));
    }

    /// <summary>The verdict on a try; null where a signal has cut it short: that says nothing.</summary>
    private async Task<ReleaseVerdict?> JudgeAsync(GateOptions gate, Interruption interruption)
    {
        try
        {
            var verdict = await judge(gate, interruption).ConfigureAwait(false);
            return interruption.Signal is null ? verdict : null;
        }
        catch (OperationCanceledException) when (interruption.Signal is not null)
        {
            return null;
        }
    }

    /// <summary>What was decided before on the same content; what was UNKNOWN is tried again.</summary>
    private List<ScenarioResult> AtHand(
        IReadOnlyDictionary<string, RepeatedScenario> scenarios,
        IReadOnlyDictionary<string, string> contents
    )
    {
        using var log = new JsonLines<ScenarioResult>(Path.Combine(runs, FileName), ScenarioResult.Schema);
        return
        [
            .. log.Read()
                .Where(result =>
                    result.Verdict != Verdict.Unknown
                    && scenarios.TryGetValue(result.Scenario, out var scenario)
                    && result.Broker == scenario.Place.Broker
                    && result.Topology == scenario.Place.Topology
                    && result.Content == contents[result.Scenario]
                ),
        ];
    }

    private ScenarioResult ResultOf(string scenario, string content, RepeatedPlace place, ReleaseVerdict verdict, TimeSpan took) =>
        new(
            scenario,
            content,
            place.Broker,
            place.Topology,
            verdict.Verdict,
            verdict.Verdict == Verdict.Pass ? string.Empty : Phrases.Why(verdict),
            verdict
                .Objectives.Select(objective => (objective.Objective.Id, Figures.Deciding(objective)?.Evidence.Value))
                .Where(figure => figure.Value is not null)
                .ToDictionary(figure => figure.Id, figure => figure.Value!.Value, StringComparer.Ordinal),
            verdict.Run,
            verdict.Commit,
            Math.Round(took.TotalSeconds, 1),
            time.GetUtcNow()
        );

    private void Keep(List<ScenarioResult> results, ScenarioResult result)
    {
        // A try takes its time: the files are open only while a line of them is written.
        foreach (var folder in new[] { Path.Combine(runs, result.Run), runs })
        {
            using var log = new JsonLines<ScenarioResult>(Path.Combine(folder, FileName), ScenarioResult.Schema);
            log.Append(result);
        }

        results.Add(result);
        Tell(
            result.Verdict,
            $"{result.Scenario}, try {results.Count(each => each.Scenario == result.Scenario)}: {Phrases.Word(result.Verdict)}{(result.Why.Length > 0 ? $": {result.Why}" : string.Empty)}"
        );
    }

    private void Print(IReadOnlyList<ScenarioTally> tallies, TimeSpan took)
    {
        foreach (var tally in tallies)
            Tell(
                tally.Verdict,
                $"{tally.Scenario}: {tally.Counts}{string.Concat(tally.Figures.Select(figure => $"; {figure.Key} {Range(figure.Value)}"))}"
            );
        var all = new ScenarioTally(
            "chaos",
            tallies.Sum(tally => tally.Passed),
            tallies.Sum(tally => tally.Failed),
            tallies.Sum(tally => tally.Unknown),
            tallies.Sum(tally => tally.Wanted),
            new Dictionary<string, (double Least, double Greatest)>(StringComparer.Ordinal)
        );
        Tell(all.Verdict, $"{all.Scenario}: {all.Counts}, in {Figures.Duration(took)}");
    }

    private static string Range((double Least, double Greatest) figures) =>
        Figures.Number(figures.Least) == Figures.Number(figures.Greatest)
            ? Figures.Number(figures.Least)
            : $"{Figures.Number(figures.Least)} to {Figures.Number(figures.Greatest)}";

    private void Tell(Verdict verdict, string text)
    {
        switch (verdict)
        {
            case Verdict.Pass:
                progress.Good(text);
                break;
            case Verdict.Fail:
                progress.Bad(text);
                break;
            default:
                progress.Doubt(text);
                break;
        }
    }
}
