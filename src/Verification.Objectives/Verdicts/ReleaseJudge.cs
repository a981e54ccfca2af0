namespace Verification.Objectives;

/// <summary>Judges a run by what it has recorded. Pure: the same record, evidence and gates give the same verdict at the same time.</summary>
public static class ReleaseJudge
{
    /// <summary>The verdict on the release.</summary>
    /// <param name="gates">Objectives, profiles and waivers.</param>
    /// <param name="run">What was run.</param>
    /// <param name="evidence">What was measured.</param>
    /// <param name="now">The day of the judgement, for waivers.</param>
    /// <exception cref="ArgumentException">The gates have no such profile.</exception>
    public static ReleaseVerdict Judge(Gates gates, RunRecord run, IReadOnlyList<EvidenceLine> evidence, DateTimeOffset now)
    {
        if (!gates.Profiles.TryGetValue(run.Profile, out var profile))
            throw new ArgumentException($"The gates have no profile '{run.Profile}'. Known: {string.Join(", ", gates.Profiles.Keys)}.", nameof(run));

        var verdicts = profile.Requirements
            .Where(asked => run.Only.Count == 0 || run.Only.Contains(asked.Key))
            .Select(asked => JudgeObjective(gates, run, evidence, gates.Objectives[asked.Key], asked.Value, now))
            .ToList();
        var deciding = verdicts.Where(verdict => verdict.Counts).ToList();
        var unwaived = deciding.Where(verdict => verdict.Waiver is null).Select(verdict => verdict.Verdict).DefaultIfEmpty(deciding.Count > 0 ? Verdict.Pass : Verdict.Unknown).Max();
        // What ended before its end may have missed a failure: it never passes.
        var whole = run.Interrupted is not null && unwaived == Verdict.Pass ? Verdict.Unknown : unwaived;
        return new ReleaseVerdict(
            run.Id,
            whole,
            run.Only.Count == 0 && run.Mutant is null,
            [.. deciding.Select(verdict => verdict.Waiver).OfType<Waiver>().Distinct()],
            run.Profile,
            run.Environment,
            now,
            verdicts,
            run.Components,
            run.Commit,
            run.ConfigSha256,
            run.GatesSha256);
    }

    private static ObjectiveVerdict JudgeObjective(Gates gates, RunRecord run, IReadOnlyList<EvidenceLine> evidence, Objective objective, Requirement requirement, DateTimeOffset now)
    {
        var lines = evidence.Where(line => line.Objective == objective.Id).Select(line => ObjectiveJudge.Judge(objective, line)).ToList();
        var tests = run.Tests.Where(test => test.Objectives.Contains(objective.Id)).ToList();
        var (verdict, why) = Decide(run, lines, tests);
        var counts = requirement switch
        {
            _ when objective.Kind == ObjectiveKind.Extra && !run.PromisedExtras.Contains(objective.Id) => false,
            Requirement.Required => true,
            Requirement.IfAvailable => objective.Needs.All(run.Capabilities.Contains),
            _ => false,
        };
        var waiver = verdict == Verdict.Pass
            ? null
            : gates.Waivers.FirstOrDefault(each => each.Objective == objective.Id
                && (each.Environment == "*" || each.Environment == run.Environment)
                && DateOnly.FromDateTime(now.UtcDateTime) <= each.Until);
        return new ObjectiveVerdict(objective, requirement, counts, verdict, waiver, why, lines);
    }

    private static (Verdict Verdict, string Why) Decide(RunRecord run, List<LineVerdict> lines, List<TestRecord> tests)
    {
        if (lines.OrderByDescending(line => line.Verdict).FirstOrDefault() is { Verdict: Verdict.Fail } failing)
            return (Verdict.Fail, failing.Why);
        if (tests.Find(test => test.Outcome == TestOutcome.Failed) is { } red)
            return (Verdict.Unknown, $"{red.Name} failed without failing evidence: {FirstLine(red.Message)}");
        if (lines.OrderByDescending(line => line.Verdict).FirstOrDefault() is { } worst)
            return tests.Find(test => test.Outcome == TestOutcome.Skipped) is { } partly && worst.Verdict == Verdict.Pass
                ? (Verdict.Unknown, $"{partly.Name} was skipped: {FirstLine(partly.Message)}")
                : (worst.Verdict, worst.Why);
        if (tests.Find(test => test.Outcome == TestOutcome.Skipped) is { } skipped)
            return (Verdict.Unknown, FirstLine(skipped.Message));
        return (Verdict.Unknown, run.Interrupted ?? run.Suites.Select(suite => suite.Reason).FirstOrDefault(reason => reason is not null) ?? "no test measured it");
    }

    private static string FirstLine(string? message) => message?.Split('\n')[0].Trim() ?? "without a message";
}
