using System.Globalization;
using Verification.Gate.Reporting.Loads;
using Verification.Gate.Reporting.Scenarios;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>What the template of the report shows, as text ready to be escaped.</summary>
internal sealed record ReportModel
{
    public required string Run { get; init; }

    public required string Headline { get; init; }

    public required string Tone { get; init; }

    public required string Why { get; init; }

    public required string Scope { get; init; }

    public required string Interrupted { get; init; }

    public required IReadOnlyList<Fact> Facts { get; init; }

    public required IReadOnlyList<WaiverRow> Waivers { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<AreaGroup> Areas { get; init; }

    public required Timeline? Timeline { get; init; }

    public required IReadOnlyList<ScenarioPicture> Pictures { get; init; }

    public required IReadOnlyList<LoadPicture> Loads { get; init; }

    public required IReadOnlyList<TestRow> Tests { get; init; }

    public required string TestSummary { get; init; }

    public required IReadOnlyList<StageRow> Stages { get; init; }

    public required IReadOnlyList<ComponentRecord> Components { get; init; }

    public required IReadOnlyList<ComponentRecord> Previous { get; init; }

    public required IReadOnlyList<Fact> Machine { get; init; }

    public required IReadOnlyList<Fact> Origin { get; init; }

    /// <summary>What has changed in <c>config/</c> since the last PASS; null where there is none to compare with.</summary>
    public required ConfigChanges? Config { get; init; }

    public required string Command { get; init; }

    public required string DecidedAt { get; init; }

    public static ReportModel Of(StoredRun run)
    {
        var (folder, record, verdict, history) = run;
        var redaction = Redaction.Of(folder);
        return new ReportModel
        {
            Run = verdict.Run,
            Headline = Phrases.Headline(verdict),
            Tone = verdict is { Verdict: Verdict.Pass, WaiversUsed.Count: > 0 } ? "waived" : ToneOf(verdict.Verdict),
            Why = Phrases.Why(verdict),
            Scope = Phrases.Scope(verdict),
            Interrupted = record.Interrupted ?? "",
            Facts = FactsOf(record, verdict),
            Waivers =
            [
                .. verdict.WaiversUsed.Select(waiver => WaiverRow.Of(waiver, "in use")),
                .. (verdict.WaiversIdle ?? []).Select(idle => WaiverRow.Of(idle.Waiver, idle.Why)),
            ],
            Findings = FindingsOf(run, redaction),
            Areas =
            [
                .. verdict
                    .Objectives.GroupBy(objective => Area(objective.Objective))
                    .Select(group => new AreaGroup(group.Key, [.. group.Select(FigureRow.Of)])),
            ],
            Timeline = Timeline.Of(history, record.StartedAt),
            Pictures = ScenarioPicture.Of(history, record.StartedAt, ScenarioMetrics.Of(folder), new TellingLines(folder, redaction)),
            Loads = LoadPicture.Of(folder),
            Tests = TestsOf(record, redaction),
            TestSummary =
                $"{Count(record, TestOutcome.Passed)} passed, {Count(record, TestOutcome.Failed)} failed, {Count(record, TestOutcome.Skipped)} skipped",
            Stages = [.. record.Stages.Select(stage => StageRow.Of(stage, redaction))],
            Components = verdict.Components,
            Previous = record.Previous ?? [],
            Machine = [.. record.Machine.Select(pair => new Fact(pair.Key, pair.Value))],
            Origin = OriginOf(record, verdict),
            Config = ConfigChanges.Of(folder),
            Command = redaction.Clean(record.Command),
            DecidedAt = Figures.Utc(verdict.DecidedAt),
        };
    }

    public static string Area(Objective objective) => objective.Id.Split('.')[0];

    public static string ToneOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "pass",
            Verdict.Fail => "fail",
            _ => "unknown",
        };

    public static string ToneOf(ObjectiveVerdict objective) => objective.Waiver is null ? ToneOf(objective.Verdict) : "waived";

    /// <summary>What does not hold: first what no waiver covers, what decides, what failed.</summary>
    private static IReadOnlyList<Finding> FindingsOf(StoredRun run, Redaction redaction) =>
        [
            .. run
                .Verdict.Objectives.Where(objective => objective.Verdict != Verdict.Pass)
                .OrderBy(objective => objective.Waiver is not null)
                .ThenByDescending(objective => objective.Counts)
                .ThenByDescending(objective => objective.Verdict)
                .Select(objective => Finding.Of(objective, run, redaction)),
        ];

    /// <summary>Every test: first the red ones, then the skipped ones.</summary>
    private static IReadOnlyList<TestRow> TestsOf(RunRecord record, Redaction redaction) =>
        [
            .. record
                .Tests.OrderByDescending(test => test.Outcome == TestOutcome.Failed)
                .ThenBy(test => test.Outcome == TestOutcome.Passed)
                .ThenBy(test => test.Stage, StringComparer.Ordinal)
                .Select(test => TestRow.Of(test, redaction)),
        ];

    private static List<Fact> FactsOf(RunRecord record, ReleaseVerdict verdict) =>
        [
            new("Profile", verdict.Profile),
            new("Environment", verdict.Environment),
            new("Broker", Phrases.Brokers(record)),
            new("Started", Figures.Utc(record.StartedAt)),
            new("Took", record.EndedAt is { } ended ? Figures.Duration(ended - record.StartedAt) : "did not end"),
            .. Caveats.Line(verdict.Components) is { } caveats ? [new Fact("Images", caveats)] : Array.Empty<Fact>(),
            .. Caveats.OfDeployment(record),
            .. record.Mutant is { } mutant ? [new Fact("Seeded defect", mutant)] : Array.Empty<Fact>(),
        ];

    private static List<Fact> OriginOf(RunRecord record, ReleaseVerdict verdict)
    {
        List<Fact> facts =
        [
            new("Run", verdict.Run),
            new("Commit", verdict.Commit ?? "outside a checkout"),
            new("SHA-256 of config/", verdict.ConfigSha256),
            new("SHA-256 of gates.yaml (a copy lies in the run's folder)", verdict.GatesSha256),
            new("Judged", Figures.Utc(verdict.DecidedAt)),
        ];
        if (record.Only.Count > 0)
            facts.Add(new Fact("Only", string.Join(", ", record.Only)));
        facts.AddRange(
            record
                .Stages.Where(stage => stage.Objectives is not null)
                .Select(stage => new Fact($"Asked of {stage.Name}", string.Join(", ", stage.Objectives!)))
        );
        facts.AddRange(record.Stages.Select(stage => new Fact($"Capabilities of {stage.Name}", string.Join(", ", stage.Capabilities))));
        facts.AddRange(record.Variables.Select(variable => new Fact(variable.Key, variable.Value)));
        return facts;
    }

    private static int Count(RunRecord record, TestOutcome outcome) => record.Tests.Count(test => test.Outcome == outcome);
}

/// <summary>A name and its value.</summary>
internal sealed record Fact(string Name, string Value);

/// <summary>A waiver, and whether it is in use.</summary>
internal sealed record WaiverRow(string Objective, string Environment, string Reason, string Owner, string Until, string Effect)
{
    public static WaiverRow Of(Waiver waiver, string effect) =>
        new(
            waiver.Objective,
            waiver.Environment == "*" ? "every environment" : waiver.Environment,
            waiver.Reason,
            waiver.Owner,
            waiver.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            effect
        );
}

/// <summary>The objectives of one area.</summary>
internal sealed record AreaGroup(string Name, IReadOnlyList<FigureRow> Rows);

/// <summary>One objective: its figure against its limit, and each dimension it was measured in.</summary>
internal sealed record FigureRow(
    string Id,
    string Promise,
    string Word,
    string Tone,
    string Value,
    string Limit,
    string Unit,
    string Observations,
    string MinObservations,
    Bar? Bar,
    string Requirement,
    string Why,
    IReadOnlyList<DimensionRow> Dimensions
)
{
    public static FigureRow Of(ObjectiveVerdict verdict)
    {
        var objective = verdict.Objective;
        var deciding = Figures.Deciding(verdict);
        return new FigureRow(
            objective.Id,
            objective.Promise,
            Phrases.Word(verdict),
            ReportModel.ToneOf(verdict),
            Figures.Value(deciding?.Evidence.Value),
            Figures.Limit(objective),
            objective.Unit,
            Figures.Value(deciding?.Evidence.Observations),
            Figures.Number(objective.MinObservations),
            Reporting.Bar.Of(objective, deciding?.Evidence.Value),
            RequirementOf(verdict),
            verdict.Why,
            verdict.Lines.Count > 1 ? [.. verdict.Lines.Select(line => DimensionRow.Of(objective, line))] : []
        );
    }

    private static string RequirementOf(ObjectiveVerdict verdict) =>
        verdict.Requirement switch
        {
            Objectives.Requirement.Required => "required",
            Objectives.Requirement.IfAvailable => verdict.Counts ? "decides here" : "not available here",
            _ => "report only",
        };
}

/// <summary>One measurement of an objective.</summary>
internal sealed record DimensionRow(string Name, string Word, string Tone, string Value, string Observations, Bar? Bar)
{
    public static DimensionRow Of(Objective objective, LineVerdict line) =>
        new(
            Figures.Dimensions(line.Evidence.Dimensions) is { Length: > 0 } named ? named : line.Evidence.Test,
            Phrases.Word(line.Verdict),
            ReportModel.ToneOf(line.Verdict),
            Figures.Value(line.Evidence.Value),
            Figures.Value(line.Evidence.Observations),
            Reporting.Bar.Of(objective, line.Evidence.Value)
        );
}

/// <summary>An objective that does not hold, or of which nothing is known: the diagnosis, and what the instances wrote at that
/// time.</summary>
internal sealed record Finding(
    string Id,
    string Promise,
    string Word,
    string Tone,
    string Value,
    string Limit,
    string Unit,
    string Why,
    string Suspect,
    string Counts,
    string At,
    IReadOnlyList<Reason> Reasons,
    IReadOnlyList<string> Files,
    IReadOnlyList<LogExcerpt> Logs
)
{
    public static Finding Of(ObjectiveVerdict verdict, StoredRun run, Redaction redaction)
    {
        var worst = Figures.Deciding(verdict);
        var bad = verdict.Lines.Where(line => line.Verdict != Verdict.Pass).ToList();
        var reasons = bad.Where(line => line.Evidence.Diagnosis is { Length: > 0 })
            .Select(line => new Reason(
                Figures.Dimensions(line.Evidence.Dimensions),
                line.Evidence.Test,
                redaction.Clean(line.Evidence.Diagnosis!)
            ))
            .Concat(
                run.Record.Tests.Where(test =>
                        test.Outcome == TestOutcome.Failed
                        && test.Message is { Length: > 0 }
                        && test.Objectives.Contains(verdict.Objective.Id, StringComparer.Ordinal)
                    )
                    .Where(test =>
                        bad.TrueForAll(line =>
                            line.Evidence.Diagnosis is null || !test.Message!.Contains(line.Evidence.Diagnosis, StringComparison.Ordinal)
                        )
                    )
                    .Select(test => new Reason("", test.Name, redaction.Clean(test.Message!)))
            )
            .ToList();
        var why = redaction.Clean(verdict.Why);
        // A text of many lines stands below, as it was written; one of a single line is said once.
        var repeats = reasons.Any(reason =>
            reason.Text.Contains('\n', StringComparison.Ordinal) && why.Contains(reason.Text, StringComparison.Ordinal)
        );
        return new Finding(
            verdict.Objective.Id,
            verdict.Objective.Promise,
            Phrases.Word(verdict),
            ReportModel.ToneOf(verdict),
            Figures.Value(worst?.Evidence.Value),
            Figures.Limit(verdict.Objective),
            verdict.Objective.Unit,
            repeats ? why.Split('\n')[0] : why,
            Failure.Of(verdict, run.Folder)?.Suspect ?? "",
            verdict.Waiver is { } waiver ? $"waived until {waiver.Until:yyyy-MM-dd} by {waiver.Owner}"
                : verdict.Counts ? "decides the release"
                : "decides nothing in this profile",
            worst is null || worst.Verdict == Verdict.Pass ? "" : Figures.Utc(worst.Evidence.At),
            [.. reasons.Where(reason => repeats || !why.Contains(reason.Text, StringComparison.Ordinal))],
            Failure.Of(verdict, run.Folder)?.Evidence ?? [.. bad.SelectMany(line => line.Evidence.Files).Distinct(StringComparer.Ordinal)],
            worst is null || worst.Verdict == Verdict.Pass ? [] : LogsOf(worst.Evidence, run.Folder, redaction)
        );
    }

    /// <summary>What was awaited in vain is recorded when the wait is over; what it waited for went wrong when it began.</summary>
    private static IReadOnlyList<LogExcerpt> LogsOf(EvidenceLine evidence, RunFolder folder, Redaction redaction)
    {
        var waited = TimeSpan.FromSeconds(evidence.WaitedSeconds ?? 0);
        return LogExcerpt.Around(folder, evidence.At - waited, waited, redaction);
    }
}

/// <summary>What a test said of what it saw.</summary>
internal sealed record Reason(string Dimensions, string Test, string Text);

/// <summary>A test.</summary>
internal sealed record TestRow(string Name, string Stage, string Word, string Tone, string Seconds, string Objectives, string Message)
{
    public static TestRow Of(TestRecord test, Redaction redaction) =>
        new(
            ShortName(test.Name),
            test.Stage,
            test.Outcome.ToString().ToLowerInvariant(),
            test.Outcome switch
            {
                TestOutcome.Passed => "pass",
                TestOutcome.Failed => "fail",
                _ => "unknown",
            },
            test.Seconds.ToString("0.00", CultureInfo.InvariantCulture),
            string.Join(", ", test.Objectives),
            redaction.Clean(test.Message ?? "")
        );

    /// <summary>The sentence that a test is named by: what follows the last dot before its arguments, with spaces.</summary>
    public static string ShortName(string fullName)
    {
        var end = fullName.IndexOf('(', StringComparison.Ordinal) is >= 0 and var parenthesis ? parenthesis : fullName.Length;
        var start = fullName.LastIndexOf('.', Math.Max(0, end - 1)) + 1;
        return fullName[start..end].Replace('_', ' ') + fullName[end..];
    }
}

/// <summary>A stage that ran.</summary>
internal sealed record StageRow(string Name, string Exit, string Seconds, string Reason, IReadOnlyList<string> Errors)
{
    public static StageRow Of(StageRecord stage, Redaction redaction) =>
        new(
            stage.Name,
            stage.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "ended by the gate",
            Figures.Duration(TimeSpan.FromSeconds(stage.Seconds)),
            redaction.Clean(stage.Reason ?? ""),
            [.. (stage.Errors ?? []).Select(redaction.Clean)]
        );
}
