namespace Verification.Objectives;

/// <summary>Judges a run by what it has recorded. Pure: the same record, evidence and gates give the same verdict at the same
/// time.</summary>
public static class ReleaseJudge
{
    /// <summary>The verdict on the release.</summary>
    /// <param name="gates">Objectives, profiles and waivers.</param>
    /// <param name="run">What was run.</param>
    /// <param name="evidence">What was measured.</param>
    /// <param name="now">The day of the judgement, for waivers.</param>
    /// <param name="heldTo">The objectives that the tests were held to, by which a red one is red; null for the same.</param>
    /// <exception cref="ArgumentException">The gates have no such profile.</exception>
    public static ReleaseVerdict Judge(
        Gates gates,
        RunRecord run,
        IReadOnlyList<EvidenceLine> evidence,
        DateTimeOffset now,
        Gates? heldTo = null
    )
    {
        if (!gates.Profiles.TryGetValue(run.Profile, out var profile))
            throw new ArgumentException(
                $"The gates have no profile '{run.Profile}'. Known: {string.Join(", ", gates.Profiles.Keys)}.",
                nameof(run)
            );

        var verdicts = profile
            .Requirements.Where(asked => run.Only.Count == 0 || run.Only.Contains(asked.Key))
            .Select(asked => JudgeObjective(gates, heldTo ?? gates, run, evidence, gates.Objectives[asked.Key], asked.Value, now))
            .ToList();
        var deciding = verdicts.Where(verdict => verdict.Counts).ToList();
        var incomplete = Incomplete(run, deciding.Count);
        var unwaived = deciding
            .Where(verdict => verdict.Waiver is null)
            .Select(verdict => verdict.Verdict)
            .DefaultIfEmpty(Verdict.Pass)
            .Max();
        // What is not whole may have missed a failure: it never passes.
        var whole = incomplete is not null && unwaived == Verdict.Pass ? Verdict.Unknown : unwaived;
        return new ReleaseVerdict
        {
            Run = run.Id,
            Verdict = whole,
            IsReleaseVerdict = run.Only.Count == 0 && run.Mutant is null && run.Deployed is null,
            WaiversUsed = [.. deciding.Select(verdict => verdict.Waiver).OfType<Waiver>().Distinct()],
            Profile = run.Profile,
            Environment = run.Environment,
            DecidedAt = now,
            Objectives = verdicts,
            Components = run.Components,
            Commit = run.Commit,
            ConfigSha256 = run.ConfigSha256,
            // The limits it was judged by, which may be others than those of the run.
            GatesSha256 = gates.Sha256,
            SafeSettingsSha256 = run.SafeSettingsSha256,
            Incomplete = incomplete,
            WaiversIdle = IdleWaivers.Of(gates, run, verdicts, now),
        };
    }

    private static ObjectiveVerdict JudgeObjective(
        Gates gates,
        Gates heldTo,
        RunRecord run,
        IReadOnlyList<EvidenceLine> evidence,
        Objective objective,
        Requirement requirement,
        DateTimeOffset now
    )
    {
        var lines = evidence
            .Where(line => line.Objective == objective.Id && !run.Tests.Any(test => IsByTheWay(line, test, run)))
            .Select(line => ObjectiveJudge.Judge(objective, line))
            .ToList();
        var tests = run.Tests.Where(test => test.Objectives.Contains(objective.Id) && IsAskedOf(StageOf(test, run), objective.Id)).ToList();
        var (verdict, why) = Decide(heldTo, run, evidence, objective, lines, tests);
        var counts = requirement switch
        {
            // What was asked for by name decides.
            Requirement.Required or Requirement.Report when run.Only.Contains(objective.Id) => true,
            _ when objective.Kind == ObjectiveKind.Extra && !run.PromisedExtras.Contains(objective.Id) => false,
            Requirement.Required => true,
            // A failure was seen, whatever a stage says that it can do.
            Requirement.IfAvailable => verdict == Verdict.Fail || Lacking(run, objective, tests).Count == 0,
            _ => false,
        };
        var waiver =
            verdict == Verdict.Pass
                ? null
                : gates.Waivers.FirstOrDefault(each =>
                    each.Objective == objective.Id && each.HoldsIn(run.Environment) && each.HoldsAt(now)
                );
        return new ObjectiveVerdict(objective, requirement, counts, verdict, waiver, why, lines);
    }

    /// <summary>What an objective needs and the stage that comes nearest to it lacks; nothing where a stage has it all. Asked
    /// are the stages
    /// that have a test of it, or all of them where no test of it is known.</summary>
    private static IReadOnlyList<string> Lacking(RunRecord run, Objective objective, List<TestRecord> tests)
    {
        var measuring = run.Stages.Where(stage => tests.Exists(test => test.Stage == stage.Name)).ToList();
        return (measuring.Count > 0 ? measuring : run.Stages)
                .Select(stage => objective.Needs.Except(stage.Capabilities).ToList())
                .MinBy(lacking => lacking.Count)
            ?? objective.Needs;
    }

    private static (Verdict Verdict, string Why) Decide(
        Gates heldTo,
        RunRecord run,
        IReadOnlyList<EvidenceLine> evidence,
        Objective objective,
        List<LineVerdict> lines,
        List<TestRecord> tests
    )
    {
        var worst = ObjectiveJudge.Worst(objective, lines);
        if (worst is { Verdict: Verdict.Fail })
            return (Verdict.Fail, worst.Why);
        if (tests.Find(test => test.Outcome == TestOutcome.Failed && !ExplainsItself(test, run, evidence, heldTo)) is { } red)
            // Where it has recorded why nothing is known, that says more than what it stumbled over.
            return (
                Verdict.Unknown,
                worst is { Verdict: Verdict.Unknown, Evidence.Outcome: EvidenceOutcome.NotMeasured }
                    ? worst.Why
                    : $"{red.Name} failed without failing evidence: {FirstLine(red.Message)}"
            );
        if (worst is null)
            return (Verdict.Unknown, WhyNothing(run, objective, tests));
        // Another stage, or another test, has not measured it in the place of this one.
        if (worst.Verdict == Verdict.Pass && tests.Find(test => IsSilent(test, run, lines)) is { } silent)
            return (Verdict.Unknown, WhySilent(silent));
        if (worst.Verdict == Verdict.Pass && run.Stages.FirstOrDefault(stage => HasLeftOut(stage, objective, tests, lines)) is { } idle)
            return (Verdict.Unknown, $"stage {idle.Name} was to measure it: {idle.Reason ?? "no test of it did"}");
        // What a test has measured stands where it was skipped for another of its objectives, of which nothing is known.
        return
            worst.Verdict == Verdict.Pass
            && tests.Find(test => test.Outcome == TestOutcome.Skipped && !IsSkippedForAnother(test, run, evidence, heldTo, objective))
                is { } partly
            ? (Verdict.Unknown, $"{partly.Name} was skipped: {FirstLine(partly.Message)}")
            : (worst.Verdict, worst.Why);
    }

    /// <summary>Whether a red test recorded a failing line, for one of its objectives or that the platform did not come back from it: then
    /// it is red for that, not by a fault of the suite.</summary>
    private static bool ExplainsItself(TestRecord test, RunRecord run, IReadOnlyList<EvidenceLine> evidence, Gates gates) =>
        evidence.Any(line =>
            line.Test == test.Name
            && IsOf(line, StageOf(test, run))
            && gates.Objectives.TryGetValue(line.Objective, out var objective)
            && ObjectiveJudge.Judge(objective, line).Verdict == Verdict.Fail
        );

    /// <summary>Whether a test came to its end and nothing of an objective was recorded: of a green one by no test of its stage, of a red
    /// one, which may not have come to it, by itself.</summary>
    private static bool IsSilent(TestRecord test, RunRecord run, List<LineVerdict> lines) =>
        test.Outcome != TestOutcome.Skipped
        && !lines.Exists(line =>
            (test.Outcome == TestOutcome.Passed || line.Evidence.Test == test.Name) && IsOf(line.Evidence, StageOf(test, run))
        );

    private static string WhySilent(TestRecord test) =>
        test.Outcome == TestOutcome.Failed
            ? $"{test.Name} failed before it measured this: {FirstLine(test.Message)}"
            : $"{test.Name} ended without recording evidence";

    private static bool IsSkippedForAnother(
        TestRecord test,
        RunRecord run,
        IReadOnlyList<EvidenceLine> evidence,
        Gates gates,
        Objective objective
    )
    {
        var stage = StageOf(test, run);
        var own = evidence.Where(line => line.Test == test.Name && IsOf(line, stage)).ToList();
        return own.Exists(line => line.Objective == objective.Id)
            && own.Exists(line =>
                line.Objective != objective.Id
                && gates.Objectives.TryGetValue(line.Objective, out var other)
                && ObjectiveJudge.Judge(other, line).Verdict == Verdict.Unknown
            );
    }

    private static StageRecord? StageOf(TestRecord test, RunRecord run) => run.Stages.FirstOrDefault(stage => stage.Name == test.Stage);

    /// <summary>Whether an objective of a test is one that the profile, or the stage by itself, asks of it.</summary>
    private static bool IsAskedOf(StageRecord? stage, string objective) => stage?.Objectives?.Contains(objective) ?? true;

    /// <summary>Whether a line is of an objective that a test has measured in a stage that was asked for others. What the test has seen of
    /// the platform is no objective of its own, and counts.</summary>
    private static bool IsByTheWay(EvidenceLine line, TestRecord test, RunRecord run) =>
        line.Test == test.Name
        && test.Objectives.Contains(line.Objective)
        && StageOf(test, run) is { } stage
        && !IsAskedOf(stage, line.Objective)
        && IsOf(line, stage);

    /// <summary>Whether a stage was asked for an objective by its name, and has come to no test of it.</summary>
    private static bool HasLeftOut(StageRecord stage, Objective objective, List<TestRecord> tests, List<LineVerdict> lines) =>
        stage.Objectives?.Contains(objective.Id) == true
        && !tests.Exists(test => test.Stage == stage.Name)
        && !lines.Exists(line => IsOf(line.Evidence, stage));

    /// <summary>Whether a line may have been recorded in a stage: the same test runs in several, on other brokers and topologies.</summary>
    private static bool IsOf(EvidenceLine line, StageRecord? stage) =>
        stage is null || (Agrees(line, Dimension.Broker, stage.Broker) && Agrees(line, Dimension.Topology, stage.Topology));

    private static bool Agrees(EvidenceLine line, string dimension, string? value) =>
        !line.Dimensions.TryGetValue(dimension, out var measured) || measured == value;

    private static string WhyNothing(RunRecord run, Objective objective, List<TestRecord> tests)
    {
        if (tests.Find(test => test.Outcome == TestOutcome.Failed) is { } red)
            return WhySilent(red);
        if (tests.Find(test => test.Outcome == TestOutcome.Skipped) is { } skipped)
            return FirstLine(skipped.Message);
        if (Lacking(run, objective, tests) is { Count: > 0 } lacking)
            return $"needs {string.Join(", ", lacking)}, which this machine or stack lacks";
        return tests.Count > 0
            ? WhySilent(tests[0])
            : run.Interrupted
                ?? run.Stages.Select(stage => stage.Reason).FirstOrDefault(reason => reason is not null)
                ?? "no test measured it";
    }

    private static string? Incomplete(RunRecord run, int deciding)
    {
        if (run.Interrupted is not null)
            return run.Interrupted;
        if (run.EndedAt is null)
            return "the run did not end";
        if (run.Stages.Select(Death).FirstOrDefault(death => death is not null) is { } dead)
            return dead;
        if (run.Tests.FirstOrDefault(test => test.Outcome == TestOutcome.Failed && test.Objectives.Count == 0) is { } red)
            return $"{red.Name} failed and belongs to no objective: {FirstLine(red.Message)}";
        return deciding == 0 ? "no objective decides" : null;
    }

    /// <summary>Why a stage is not whole: it was ended, its exit code is none that a whole run of tests gives, or something failed outside
    /// any test, which is nobody's measurement.</summary>
    private static string? Death(StageRecord stage) =>
        stage switch
        {
            { Reason: { } reason } => $"stage {stage.Name}: {reason}",
            { ExitCode: { } code } when !SuiteExitCodes.IsWhole(code) => $"stage {stage.Name} died with exit code {code}",
            { Errors: [var first, ..] } => $"stage {stage.Name}: outside any test: {FirstLine(first)}",
            { ExitCode: not null } => null,
            _ => $"stage {stage.Name} was ended, and no reason was recorded",
        };

    private static string FirstLine(string? message) => message?.Split('\n')[0].Trim() ?? "without a message";
}
