using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Trends;

/// <summary>What became of one objective in a series of runs.</summary>
/// <param name="Objective">Its id.</param>
/// <param name="Unit">Unit of the figures, as of the last run.</param>
/// <param name="Runs">How many runs judged it.</param>
/// <param name="Pass">How many of them with PASS.</param>
/// <param name="Fail">How many with FAIL.</param>
/// <param name="Unknown">How many with UNKNOWN.</param>
/// <param name="Last">The deciding figure of the last run; null where it measured nothing.</param>
/// <param name="Median">Median of the deciding figures; null where there is none. The lower one of two in the middle.</param>
/// <param name="Least">The least figure.</param>
/// <param name="Greatest">The greatest figure.</param>
/// <param name="FlakeRate">Share of the runs with a twin whose verdict is not the usual one of their twins, from 0 to 1; null where
/// no run has a twin.
/// Twins have the same commit (clean), images, config/, gates.yaml, profile, scope and environment.</param>
/// <param name="Trend">The figures of the last runs, oldest first.</param>
internal sealed record ObjectiveTrend(
    string Objective,
    string Unit,
    int Runs,
    int Pass,
    int Fail,
    int Unknown,
    double? Last,
    double? Median,
    double? Least,
    double? Greatest,
    double? FlakeRate,
    IReadOnlyList<double?> Trend
)
{
    /// <summary>How many runs a trend shows.</summary>
    public const int Shown = 20;

    /// <summary>The trend of each objective that one of the runs judged, by id.</summary>
    /// <param name="runs">The runs, oldest first.</param>
    public static IReadOnlyList<ObjectiveTrend> Of(IReadOnlyList<JudgedRun> runs) =>
        [
            .. runs.SelectMany(run => run.Verdict.Objectives.Select(verdict => new Judgement(run, verdict)))
                .GroupBy(judgement => judgement.Verdict.Objective.Id, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Of(group.Key, [.. group])),
        ];

    private static ObjectiveTrend Of(string objective, IReadOnlyList<Judgement> judgements)
    {
        var values = judgements.Select(judgement => Reporting.Figures.Deciding(judgement.Verdict)?.Evidence.Value).ToList();
        var measured = values.OfType<double>().Order().ToList();
        int Count(Verdict verdict) => judgements.Count(judgement => judgement.Verdict.Verdict == verdict);
        return new ObjectiveTrend(
            objective,
            judgements[^1].Verdict.Objective.Unit,
            judgements.Count,
            Count(Verdict.Pass),
            Count(Verdict.Fail),
            Count(Verdict.Unknown),
            values[^1],
            measured.Count > 0 ? measured[(measured.Count - 1) / 2] : null,
            measured.Count > 0 ? measured[0] : null,
            measured.Count > 0 ? measured[^1] : null,
            FlakeRateOf(judgements),
            [.. values.TakeLast(Shown)]
        );
    }

    private static double? FlakeRateOf(IReadOnlyList<Judgement> judgements)
    {
        var twins = judgements
            .Where(judgement => judgement.Basis is not null)
            .GroupBy(judgement => judgement.Basis, StringComparer.Ordinal)
            .Select(group => group.Select(judgement => judgement.Verdict.Verdict).ToList())
            .Where(group => group.Count > 1)
            .ToList();
        return twins.Count > 0 ? twins.Sum(Unusual) / (double)twins.Sum(group => group.Count) : null;
    }

    private static int Unusual(IReadOnlyList<Verdict> verdicts) =>
        verdicts.Count - verdicts.GroupBy(verdict => verdict).Max(group => group.Count());

    /// <summary>One verdict on the objective.</summary>
    private sealed record Judgement(JudgedRun Run, ObjectiveVerdict Verdict)
    {
        /// <summary>What makes two runs twins; null for a run that can have none: nobody knows what differs from a commit that is dirty or
        /// unknown.</summary>
        public string? Basis { get; } =
            Run.Record.Commit is { } commit && !commit.EndsWith("-dirty", StringComparison.Ordinal)
                ? string.Join(
                    '\n',
                    [
                        commit,
                        Run.Record.ConfigSha256,
                        Run.Verdict.GatesSha256,
                        Run.Record.Profile,
                        Run.Record.Environment,
                        string.Join(',', Run.Record.Only),
                        .. Run.Record.Components.Select(component => $"{component.Role} {component.Digest}").Order(StringComparer.Ordinal),
                    ]
                )
                : null;
    }
}
