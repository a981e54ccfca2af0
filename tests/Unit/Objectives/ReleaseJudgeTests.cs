using CsCheck;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class ReleaseJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly Objective A = new("a.one", "p", "buffs", Comparison.AtMost, 0, 10, [], ObjectiveKind.Contract);
    private static readonly Objective B = new("b.two", "p", "s", Comparison.AtMost, 5, 1, ["partitions"], ObjectiveKind.Contract);
    private static readonly Objective X = new("x.extra", "p", "lines", Comparison.AtMost, 0, 1, [], ObjectiveKind.Extra);

    private static readonly RunRecord Run = SampleRun.EndedAt(Now.AddSeconds(-1)) with
    {
        Stages = [SampleRun.Stage with { Capabilities = ["partitions"] }],
        PromisedExtras = ["x.extra"],
    };

    // The same suite on another topology, for one objective alone.
    private static readonly StageRecord Beside = StageRecord.Of(new Stage("integration", "classic", "pair")) with
    {
        ExitCode = 0,
        Capabilities = ["partitions"],
        Objectives = [A.Id],
    };

    private static readonly EvidenceLine[] Good = [Lines.Of(A, 0), Lines.Of(B, 2), Lines.Of(X, 0)];

    [Fact]
    public void All_good_is_pass()
    {
        var verdict = Judge(Run, Good);

        Assert.Equal(Verdict.Pass, verdict.Verdict);
        Assert.True(verdict.IsReleaseVerdict);
        Assert.Null(verdict.Incomplete);
        Assert.All(verdict.Objectives, objective => Assert.True(objective.Counts));
    }

    [Fact]
    public void The_verdict_names_the_gates_it_was_judged_by()
    {
        var verdict = Judge(Run with { GatesSha256 = "those of the day of the run" }, Good);

        Assert.Equal(Gates(Requirement.Required).Sha256, verdict.GatesSha256);
    }

    [Fact]
    public void What_was_asked_for_by_name_decides_although_it_was_not_promised()
    {
        var verdict = Judge(Run with { PromisedExtras = [], Only = [X.Id] }, [Lines.Of(X, 7)]);

        Assert.Equal(Verdict.Fail, verdict.Verdict);
    }

    [Fact]
    public void One_failure_is_fail_also_beside_an_unknown() =>
        Assert.Equal(Verdict.Fail, Judge(Run, [Lines.Of(A, 3), Lines.Of(X, 0)]).Verdict);

    [Fact]
    public void One_unknown_is_unknown() =>
        Assert.Equal(Verdict.Unknown, Judge(Run, [Lines.Of(A, null), Lines.Of(B, 2), Lines.Of(X, 0)]).Verdict);

    [Fact]
    public void The_worst_line_counts_and_each_is_shown()
    {
        var objective = Of(
            Judge(Run, [Lines.Of(B, 2), Lines.Of(B, 6), Lines.Of(B, 9) with { Dimensions = Lines.Target("mysql") }, Lines.Of(B, null)]),
            B
        );

        Assert.Equal((Verdict.Fail, "9 s, limit ≤ 5"), (objective.Verdict, objective.Why));
        Assert.Equal([Verdict.Pass, Verdict.Fail, Verdict.Fail, Verdict.Unknown], objective.Lines.Select(line => line.Verdict));
    }

    [Fact]
    public void Without_evidence_it_is_unknown_and_says_why()
    {
        string Why(RunRecord run) => Of(Judge(run, []), A) is { Verdict: Verdict.Unknown } unknown ? unknown.Why : "decided";

        Assert.Equal("no test measured it", Why(Run));
        Assert.Equal("no MySQL client", Why(With(TestOutcome.Skipped, "no MySQL client")));
        Assert.Equal("T.measures failed without failing evidence: boom", Why(With(TestOutcome.Failed, "boom")));
        Assert.Equal("T.measures ended without recording evidence", Why(With(TestOutcome.Passed, null)));
        Assert.Equal("out of time", Why(Run with { Interrupted = "out of time" }));
        Assert.Equal("SIGINT", Why(Run with { Interrupted = "SIGINT" }));
        Assert.Equal("out of time", Why(With(Run.Stages[0] with { ExitCode = null, Reason = "out of time" })));
        Assert.Equal(
            "needs partitions, which this machine or stack lacks",
            Of(Judge(With(Run.Stages[0] with { Capabilities = [] }), []), B).Why
        );
    }

    [Fact]
    public void A_red_test_that_has_recorded_why_nothing_is_known_is_told_by_that()
    {
        var verdict = Of(
            Judge(
                With(TestOutcome.Failed, "boom"),
                [Lines.Of(A, null) with { Outcome = EvidenceOutcome.NotMeasured, Diagnosis = "the way broke" }]
            ),
            A
        );

        Assert.Equal((Verdict.Unknown, "the way broke"), (verdict.Verdict, verdict.Why));
    }

    [Fact]
    public void A_red_test_without_failing_evidence_makes_its_objectives_unknown_though_a_line_is_good()
    {
        var verdict = Judge(With(TestOutcome.Failed, "boom", A.Id, B.Id), Good);

        Assert.Equal((Verdict.Unknown, "T.measures failed without failing evidence: boom"), (Of(verdict, A).Verdict, Of(verdict, A).Why));
        Assert.Equal(Verdict.Unknown, Of(verdict, B).Verdict);
        Assert.Equal(Verdict.Pass, Of(verdict, X).Verdict);
        Assert.Equal(Verdict.Unknown, verdict.Verdict);
    }

    [Fact]
    public void A_red_test_whose_evidence_fails_leaves_its_other_objectives_as_measured()
    {
        var verdict = Judge(With(TestOutcome.Failed, "lost 1", A.Id, B.Id), [Lines.Of(A, 1), Lines.Of(B, 2), Lines.Of(X, 0)]);

        Assert.Equal(Verdict.Fail, Of(verdict, A).Verdict);
        Assert.Equal(Verdict.Pass, Of(verdict, B).Verdict);
    }

    [Fact]
    public void A_red_test_from_which_the_platform_did_not_come_back_leaves_what_it_had_measured()
    {
        var verdict = Judge(With(TestOutcome.Failed, "not so after 30.0 s", B.Id), [Lines.Of(A, 1), Lines.Of(B, 2), Lines.Of(X, 0)]);

        Assert.Equal((Verdict.Fail, Verdict.Pass), (Of(verdict, A).Verdict, Of(verdict, B).Verdict));
    }

    [Fact]
    public void Failing_evidence_of_another_test_does_not_explain_a_red_one()
    {
        var verdict = Judge(With(TestOutcome.Failed, "boom", A.Id, B.Id), [Lines.Of(A, 1, "T.other"), Lines.Of(B, 2), Lines.Of(X, 0)]);

        Assert.Equal(Verdict.Fail, Of(verdict, A).Verdict);
        Assert.Equal(Verdict.Unknown, Of(verdict, B).Verdict);
    }

    [Fact]
    public void What_is_only_reported_decides_nothing()
    {
        var verdict = Judge(Run, [Lines.Of(A, 0), Lines.Of(B, 9), Lines.Of(X, 0)], Requirement.Report);

        Assert.Equal(Verdict.Pass, verdict.Verdict);
        Assert.Equal((Verdict.Fail, false), (Of(verdict, B).Verdict, Of(verdict, B).Counts));
    }

    [Fact]
    public void If_available_decides_only_where_its_needs_are_met()
    {
        Assert.Equal(Verdict.Fail, Judge(Run, [Lines.Of(A, 0), Lines.Of(B, 9), Lines.Of(X, 0)], Requirement.IfAvailable).Verdict);
        Assert.Equal(Verdict.Unknown, Judge(Run, [Lines.Of(A, 0), Lines.Of(X, 0)], Requirement.IfAvailable).Verdict);

        var without = Judge(With(Run.Stages[0] with { Capabilities = [] }), [Lines.Of(A, 0), Lines.Of(X, 0)], Requirement.IfAvailable);
        Assert.Equal(Verdict.Pass, without.Verdict);
        Assert.Equal((false, Verdict.Unknown), (Of(without, B).Counts, Of(without, B).Verdict));
    }

    [Fact]
    public void If_available_decides_where_any_stage_that_measures_it_has_what_it_needs()
    {
        EvidenceLine[] good = [Lines.Of(A, 0), Lines.Of(X, 0)];
        var with = Run.Stages[0];
        var without = StageRecord.Of(new Stage("chaos", "classic", "ha")) with { ExitCode = 0 };
        TestRecord Measures(StageRecord stage) => new("T.b", stage.Name, TestOutcome.Passed, 1, [B.Id], null);
        bool Counts(RunRecord run) => Of(Judge(run, good, Requirement.IfAvailable), B).Counts;

        Assert.True(Counts(With(with, without)));
        Assert.True(Counts(With(without, with)));
        Assert.True(Counts(With(with, without) with { Tests = [Measures(with), Measures(without)] }));
        Assert.False(Counts(With(with, without) with { Tests = [Measures(without)] }));
        Assert.False(Counts(With(without)));
        Assert.False(Counts(With()));
    }

    [Fact]
    public void A_failure_of_what_is_if_available_counts_whichever_stage_has_seen_it()
    {
        var verdict = Judge(
            With(Run.Stages[0] with { Capabilities = [] }),
            [Lines.Of(A, 0), Lines.Of(B, 9), Lines.Of(X, 0)],
            Requirement.IfAvailable
        );

        Assert.Equal((Verdict.Fail, true), (verdict.Verdict, Of(verdict, B).Counts));
    }

    [Fact]
    public void What_failed_on_one_broker_does_not_explain_the_same_test_on_another()
    {
        var artemis = StageRecord.Of(new Stage("integration", "artemis", "single")) with { ExitCode = 1, Capabilities = ["partitions"] };
        TestRecord Red(StageRecord stage, string message) => new("T.measures", stage.Name, TestOutcome.Failed, 1, [A.Id, B.Id], message);
        EvidenceLine On(string broker, EvidenceLine line) =>
            line with
            {
                Dimensions = new Dictionary<string, string> { [Dimension.Broker] = broker, [Dimension.Topology] = "single" },
            };
        EvidenceLine[] evidence =
        [
            On("artemis", Lines.Of(A, 1)),
            On("artemis", Lines.Of(B, 2)),
            On("classic", Lines.Of(B, 2)),
            Lines.Of(X, 0),
        ];

        var verdict = Judge(With(Run.Stages[0], artemis) with { Tests = [Red(artemis, "lost 1"), Red(Run.Stages[0], "boom")] }, evidence);

        Assert.Equal((Verdict.Unknown, "T.measures failed without failing evidence: boom"), (Of(verdict, B).Verdict, Of(verdict, B).Why));
        Assert.Equal(Verdict.Pass, Of(Judge(With(artemis) with { Tests = [Red(artemis, "lost 1")] }, evidence), B).Verdict);
    }

    [Fact]
    public void What_one_broker_has_measured_does_not_stand_for_a_stage_that_measured_nothing()
    {
        var artemis = StageRecord.Of(new Stage("integration", "artemis", "single")) with { ExitCode = 0, Capabilities = ["partitions"] };
        TestRecord Green(StageRecord stage, string name = "T.measures") => new(name, stage.Name, TestOutcome.Passed, 1, [B.Id], null);
        EvidenceLine On(string broker) =>
            Lines.Of(B, 2) with
            {
                Dimensions = new Dictionary<string, string> { [Dimension.Broker] = broker, [Dimension.Topology] = "single" },
            };
        var both = With(Run.Stages[0], artemis) with { Tests = [Green(Run.Stages[0]), Green(artemis)] };
        EvidenceLine[] rest = [Lines.Of(A, 0), Lines.Of(X, 0)];

        Assert.Equal(
            (Verdict.Unknown, "T.measures ended without recording evidence"),
            (Of(Judge(both, [.. rest, On("classic")]), B).Verdict, Of(Judge(both, [.. rest, On("classic")]), B).Why)
        );
        Assert.Equal(Verdict.Pass, Judge(both, [.. rest, On("classic"), On("artemis")]).Verdict);
        // What its fixture has recorded is of the stage, too.
        Assert.Equal(Verdict.Pass, Judge(With(artemis) with { Tests = [Green(artemis, "T.another")] }, [.. rest, On("artemis")]).Verdict);
    }

    [Theory]
    [InlineData(0, 0, Verdict.Pass)]
    [InlineData(1, 0, Verdict.Fail)]
    [InlineData(0, 1, Verdict.Fail)]
    public void What_two_stages_were_asked_for_holds_only_where_it_holds_in_both(int first, int second, Verdict expected)
    {
        var run = InBoth(A.Id, B.Id);

        var verdict = Judge(
            run,
            [
                OfTopology("single", Lines.Of(A, first)),
                OfTopology("single", Lines.Of(B, 2)),
                OfTopology("pair", Lines.Of(A, second)),
                Good[2],
            ]
        );

        Assert.Equal((expected, Verdict.Pass), (Of(verdict, A).Verdict, Of(verdict, B).Verdict));
        Assert.Equal(2, Of(verdict, A).Lines.Count);
    }

    [Fact]
    public void What_one_of_them_has_too_little_of_is_unknown()
    {
        var few = OfTopology("pair", Lines.Of(A, 0)) with { Observations = A.MinObservations - 1 };

        var verdict = Judge(InBoth(A.Id), [OfTopology("single", Lines.Of(A, 0)), few, Good[1], Good[2]]);

        Assert.Equal(Verdict.Unknown, Of(verdict, A).Verdict);
    }

    [Theory]
    [InlineData(null, "stage integration-classic-pair was to measure it: no test of it did")]
    [InlineData("out of time", "stage integration-classic-pair was to measure it: out of time")]
    public void What_a_stage_was_asked_for_and_has_no_test_of_is_unknown_though_another_has_measured_it(string? reason, string why)
    {
        var run = With(Run.Stages[0], Beside with { Reason = reason }) with { Tests = [GreenOf(Run.Stages[0], A.Id)] };

        var verdict = Of(Judge(run, [OfTopology("single", Lines.Of(A, 0)), Good[1], Good[2]]), A);

        Assert.Equal((Verdict.Unknown, why), (verdict.Verdict, verdict.Why));
    }

    [Fact]
    public void What_a_stage_was_not_asked_for_its_tests_decide_nothing_of()
    {
        var run = InBoth(A.Id, B.Id);
        EvidenceLine[] good =
        [
            OfTopology("single", Lines.Of(A, 0)),
            OfTopology("single", Lines.Of(B, 2)),
            OfTopology("pair", Lines.Of(A, 0)),
            Good[2],
        ];

        Assert.Equal(Verdict.Pass, Judge(run, good).Verdict);
        Assert.Equal(Verdict.Pass, Judge(run, [.. good, OfTopology("pair", Lines.Of(B, 9))]).Verdict);
        // Nor does it stand for the stage that was.
        Assert.Equal(
            Verdict.Unknown,
            Of(Judge(run, [.. good.Where(line => line.Objective != B.Id), OfTopology("pair", Lines.Of(B, 2))]), B).Verdict
        );
    }

    [Fact]
    public void What_it_has_seen_of_the_platform_counts_all_the_same()
    {
        var run = InBoth(A.Id);

        var verdict = Judge(
            run,
            [OfTopology("single", Lines.Of(A, 0)), OfTopology("pair", Lines.Of(A, 0)), OfTopology("pair", Lines.Of(B, 9)), Good[2]]
        );

        Assert.Equal(Verdict.Fail, Of(verdict, B).Verdict);
    }

    [Fact]
    public void A_red_test_whose_evidence_fails_leaves_unknown_what_it_did_not_come_to()
    {
        var verdict = Judge(With(TestOutcome.Failed, "lost 1", A.Id, B.Id), [Lines.Of(A, 1), Lines.Of(B, 2, "T.other"), Lines.Of(X, 0)]);

        Assert.Equal(Verdict.Fail, Of(verdict, A).Verdict);
        Assert.Equal((Verdict.Unknown, "T.measures failed before it measured this: lost 1"), (Of(verdict, B).Verdict, Of(verdict, B).Why));
    }

    [Fact]
    public void The_verdict_names_every_image_of_every_stage()
    {
        var server = Run.Stages[0].Components[0];
        var other = server with { Image = "s:2", Digest = "sha256:2222" };
        var second = Run.Stages[0] with { Name = "integration-artemis-single", Components = [server, other] };

        Assert.Equal([.. Run.Stages[0].Components, other], Judge(With(Run.Stages[0], second), Good).Components);
    }

    [Fact]
    public void A_required_objective_whose_needs_are_missing_is_unknown() =>
        Assert.Equal(Verdict.Unknown, Judge(With(Run.Stages[0] with { Capabilities = [] }), [Lines.Of(A, 0), Lines.Of(X, 0)]).Verdict);

    [Fact]
    public void An_extra_decides_only_where_it_is_promised()
    {
        EvidenceLine[] bad = [Lines.Of(A, 0), Lines.Of(B, 2), Lines.Of(X, 7)];

        Assert.Equal(Verdict.Fail, Judge(Run, bad).Verdict);
        var unpromised = Judge(Run with { PromisedExtras = [] }, bad);
        Assert.Equal(Verdict.Pass, unpromised.Verdict);
        Assert.Equal((false, Verdict.Fail), (Of(unpromised, X).Counts, Of(unpromised, X).Verdict));
    }

    [Theory]
    [InlineData("local", "2026-11-24", "2026-11-24T23:59:59Z", true)]
    [InlineData("*", "2026-11-24", "2026-11-24T09:00:00Z", true)]
    [InlineData("local", "2026-11-24", "2026-11-25T00:00:00Z", false)]
    [InlineData("local", "2026-11-24", "2026-11-25T00:30:00+02:00", true)]
    [InlineData("staging", "2026-12-31", "2026-11-24T09:00:00Z", false)]
    public void A_waiver_holds_in_its_environment_until_the_end_of_its_day(string environment, string until, string now, bool holds)
    {
        var waiver = new Waiver(A.Id, environment, "r", "o", DateOnly.Parse(until));
        EvidenceLine[] bad = [Lines.Of(A, 1), Lines.Of(B, 2), Lines.Of(X, 0)];

        var verdict = ReleaseJudge.Judge(Gates(Requirement.Required, waiver), Run, bad, DateTimeOffset.Parse(now));

        Assert.Equal(holds ? Verdict.Pass : Verdict.Fail, verdict.Verdict);
        Assert.Equal(holds ? [waiver] : [], verdict.WaiversUsed);
        Assert.Equal(Verdict.Fail, Of(verdict, A).Verdict);
    }

    [Fact]
    public void A_waiver_covers_an_unknown_and_is_not_used_by_a_pass()
    {
        var waiver = new Waiver(A.Id, "*", "r", "o", new DateOnly(2027, 1, 1));

        Assert.Equal(
            Verdict.Pass,
            ReleaseJudge.Judge(Gates(Requirement.Required, waiver), Run, [Lines.Of(B, 2), Lines.Of(X, 0)], Now).Verdict
        );
        Assert.Empty(ReleaseJudge.Judge(Gates(Requirement.Required, waiver), Run, Good, Now).WaiversUsed);
    }

    [Theory]
    [InlineData("local", "2026-11-23", 1, "it ended with 2026-11-23: keep the promise, or agree on another day")]
    [InlineData("staging", "2026-12-31", 1, "it is for staging, and this is local")]
    [InlineData("local", "2026-12-31", 0, "it is needless, the objective passes: take it out")]
    [InlineData("local", "2026-12-31", 1, null)]
    public void A_waiver_without_effect_is_named_with_its_reason(string environment, string until, int value, string? why)
    {
        var waiver = new Waiver(A.Id, environment, "r", "o", DateOnly.Parse(until));

        var verdict = ReleaseJudge.Judge(
            Gates(Requirement.Required, waiver),
            Run,
            [Lines.Of(A, value), Lines.Of(B, 2), Lines.Of(X, 0)],
            Now
        );

        Assert.Equal(why is null ? [] : [new IdleWaiver(waiver, why)], verdict.WaiversIdle);
        Assert.Equal(why is null ? [waiver] : [], verdict.WaiversUsed);
    }

    [Fact]
    public void A_second_waiver_of_an_objective_and_one_of_what_decides_nothing_are_without_effect()
    {
        var first = new Waiver(A.Id, "*", "r", "o", new DateOnly(2027, 1, 1));
        var second = first with { Reason = "again" };
        var ofB = first with { Objective = B.Id };

        var verdict = ReleaseJudge.Judge(
            Gates(Requirement.Report, first, second, ofB),
            Run,
            [Lines.Of(A, 1), Lines.Of(B, 9), Lines.Of(X, 0)],
            Now
        );

        Assert.Equal([second, ofB], verdict.WaiversIdle!.Select(idle => idle.Waiver));
        Assert.Equal([first], verdict.WaiversUsed);
    }

    [Fact]
    public void A_waiver_of_what_was_not_asked_for_is_not_spoken_of() =>
        Assert.Empty(
            ReleaseJudge
                .Judge(
                    Gates(Requirement.Required, new Waiver(A.Id, "*", "r", "o", new DateOnly(2027, 1, 1))),
                    Run with
                    {
                        Only = [B.Id],
                    },
                    Good,
                    Now
                )
                .WaiversIdle!
        );

    [Fact]
    public void A_waiver_does_not_make_a_run_whole()
    {
        var waiver = new Waiver(A.Id, "*", "r", "o", new DateOnly(2027, 1, 1));

        Assert.Equal(
            Verdict.Unknown,
            ReleaseJudge
                .Judge(
                    Gates(Requirement.Required, waiver),
                    Run with
                    {
                        Interrupted = "SIGINT",
                    },
                    [Lines.Of(A, 1), Lines.Of(B, 2), Lines.Of(X, 0)],
                    Now
                )
                .Verdict
        );
    }

    [Fact]
    public void A_run_that_is_not_whole_cannot_pass()
    {
        void Incomplete(RunRecord run, string why)
        {
            var verdict = Judge(run, Good);
            Assert.Equal((Verdict.Unknown, why), (verdict.Verdict, verdict.Incomplete));
            Assert.Equal(Verdict.Fail, Judge(run, [Lines.Of(A, 1)]).Verdict);
        }

        foreach (var code in new[] { 0, 1, 2, 8 })
            Assert.Null(Judge(With(Run.Stages[0] with { ExitCode = code }), Good).Incomplete);
        Incomplete(Run with { Interrupted = "SIGTERM" }, "SIGTERM");
        Incomplete(Run with { Interrupted = "out of time" }, "out of time");
        Incomplete(Run with { EndedAt = null }, "the run did not end");
        Incomplete(With(Run.Stages[0] with { ExitCode = 134 }), "stage integration-classic-single died with exit code 134");
        Incomplete(With(Run.Stages[0] with { ExitCode = null }), "stage integration-classic-single was ended, and no reason was recorded");
        Incomplete(
            With(Run.Stages[0] with { ExitCode = 1, Errors = ["the fixture could not be removed\nat F.DisposeAsync()", "another"] }),
            "stage integration-classic-single: outside any test: the fixture could not be removed"
        );
        Assert.Null(Judge(With(Run.Stages[0] with { Errors = [] }), Good).Incomplete);
        Incomplete(
            Run with
            {
                Tests = [new TestRecord("T.fixture", "integration-classic-single", TestOutcome.Failed, 1, [], "boom")],
            },
            "T.fixture failed and belongs to no objective: boom"
        );
    }

    [Fact]
    public void Where_nothing_decides_it_is_unknown()
    {
        var verdict = Judge(With(Run.Stages[0] with { Capabilities = [] }) with { Only = [B.Id] }, Good, Requirement.IfAvailable);
        Assert.Equal((Verdict.Unknown, "no objective decides"), (verdict.Verdict, verdict.Incomplete));
    }

    [Fact]
    public void Only_judges_what_was_asked_for_and_is_no_release_verdict()
    {
        var verdict = Judge(Run with { Only = [X.Id] }, [Lines.Of(A, 1), Lines.Of(X, 1)]);

        Assert.False(verdict.IsReleaseVerdict);
        Assert.Equal(X, Assert.Single(verdict.Objectives).Objective);
        Assert.Equal(Verdict.Fail, verdict.Verdict);
        Assert.Equal(Verdict.Pass, Judge(Run with { Only = [B.Id] }, [Lines.Of(A, 1), Lines.Of(B, 1)]).Verdict);
    }

    [Fact]
    public void The_verdict_on_a_mutant_is_no_release_verdict() => Assert.False(Judge(Run with { Mutant = "m" }, Good).IsReleaseVerdict);

    [Fact]
    public void The_verdict_on_a_deployed_platform_is_no_release_verdict() =>
        Assert.False(Judge(Run with { Deployed = "staging/sportbuff" }, Good).IsReleaseVerdict);

    [Fact]
    public void An_unknown_profile_is_a_mistake_of_the_caller() =>
        Assert.Contains(
            "no profile 'prr'. Known: pr.",
            Assert.Throws<ArgumentException>(() => Judge(Run with { Profile = "prr" }, [])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_skipped_test_leaves_its_objective_unknown_though_another_line_is_good()
    {
        var verdict = Judge(With(TestOutcome.Skipped, "no MySQL client"), Good);
        Assert.Equal((Verdict.Unknown, "T.measures was skipped: no MySQL client"), (Of(verdict, A).Verdict, Of(verdict, A).Why));
    }

    [Fact]
    public void What_a_test_has_measured_stands_where_another_of_its_objectives_has_skipped_it()
    {
        var few = Lines.Of(B, 2) with { Observations = 0 };

        var verdict = Judge(With(TestOutcome.Skipped, "0 observations, at least 1 are needed", A.Id, B.Id), [Lines.Of(A, 0), few]);

        Assert.Equal((Verdict.Pass, Verdict.Unknown), (Of(verdict, A).Verdict, Of(verdict, B).Verdict));
    }

    [Fact]
    public void More_evidence_never_turns_a_verdict_better_but_from_unmeasured() =>
        Gen.Select(EvidenceOf(A), EvidenceOf(B), EvidenceOf(X))
            .Array[1, 8]
            .Select(EvidenceOfAny)
            .Sample(more =>
            {
                var verdict = Judge(Run, Good).Verdict;
                var worse = Judge(Run, [.. Good, .. more]).Verdict;
                return worse >= verdict;
            });

    [Fact]
    public void A_verdict_survives_its_file()
    {
        using var folder = new OwnFolder();
        var waiver = new Waiver(A.Id, "*", "r", "o", new DateOnly(2027, 1, 1));
        var verdict = ReleaseJudge.Judge(
            Gates(Requirement.IfAvailable, waiver),
            Run with
            {
                Interrupted = "SIGINT",
            },
            [Lines.Of(A, null), Lines.Of(B, 6)],
            Now
        );
        DocumentWriter.Write(folder.In("verdict.json"), verdict);

        Assert.Equal(Files.Text(verdict), Files.Text(DocumentReader.Read(folder.In("verdict.json"), "verdict").As<ReleaseVerdict>()));
    }

    [Theory]
    [InlineData(Verdict.Pass, 0)]
    [InlineData(Verdict.Fail, 1)]
    [InlineData(Verdict.Unknown, 3)]
    public void Each_verdict_has_its_exit_code(Verdict verdict, int code) => Assert.Equal(code, ExitCodes.Of(verdict));

    private static Gen<EvidenceLine> EvidenceOf(Objective objective) =>
        Gen.Select(
            Gen.Double[0, 10],
            Gen.Long[0, 20],
            Gen.Bool,
            (value, observations, measured) => Lines.Of(objective, measured ? value : null) with { Observations = observations }
        );

    private static EvidenceLine[] EvidenceOfAny((EvidenceLine, EvidenceLine, EvidenceLine)[] lines) =>
        [.. lines.SelectMany(line => new[] { line.Item1, line.Item2, line.Item3 })];

    private static Gates Gates(Requirement ofB, params Waiver[] waivers) =>
        new(
            new Dictionary<string, Objective>(StringComparer.Ordinal)
            {
                [A.Id] = A,
                [B.Id] = B,
                [X.Id] = X,
            },
            new Dictionary<string, Profile>(StringComparer.Ordinal)
            {
                ["pr"] = new(
                    "pr",
                    TimeSpan.FromSeconds(120),
                    [],
                    new Dictionary<string, Requirement>(StringComparer.Ordinal)
                    {
                        [A.Id] = Requirement.Required,
                        [B.Id] = ofB,
                        [X.Id] = Requirement.Required,
                    }
                ),
            },
            waivers,
            "hash"
        );

    private static ReleaseVerdict Judge(RunRecord run, EvidenceLine[] evidence, Requirement ofB = Requirement.Required) =>
        ReleaseJudge.Judge(Gates(ofB), run, evidence, Now);

    private static RunRecord InBoth(params IReadOnlyList<string> objectives) =>
        With(Run.Stages[0], Beside) with
        {
            Tests = [GreenOf(Run.Stages[0], objectives), GreenOf(Beside, objectives)],
        };

    private static TestRecord GreenOf(StageRecord stage, params IReadOnlyList<string> objectives) =>
        new("T.measures", stage.Name, TestOutcome.Passed, 1, objectives, null);

    private static EvidenceLine OfTopology(string topology, EvidenceLine line) =>
        line with
        {
            Dimensions = new Dictionary<string, string> { [Dimension.Broker] = "classic", [Dimension.Topology] = topology },
        };

    private static RunRecord With(params IReadOnlyList<StageRecord> stages) => Run with { Stages = stages };

    private static RunRecord With(TestOutcome outcome, string? message, params string[] objectives) =>
        Run with
        {
            Tests =
            [
                new TestRecord(
                    "T.measures",
                    "integration-classic-single",
                    outcome,
                    1,
                    objectives.Length == 0 ? [A.Id] : objectives,
                    message
                ),
            ],
        };

    private static ObjectiveVerdict Of(ReleaseVerdict verdict, Objective objective) =>
        verdict.Objectives.Single(one => one.Objective == objective);
}
