using CsCheck;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class LedgerTests
{
    [Fact]
    public void Every_acked_buff_once_is_balanced()
    {
        var result = Ledger.Check([Post("a", Outcome.Ok), Post("b", Outcome.Ok)], Rows("a", "b"));

        Assert.Equal(2, result.Acked);
        Assert.Equal("of 2 acknowledged buffs 0 lost, 0 doubled; 0 unexpected, 0 of unknown outcome found", result.Diagnosis);
        Assert.EndsWith(
            "found; the broker held back 1 until it was restarted",
            (result with { HeldBack = 1 }).Diagnosis,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lost_doubled_recovered_and_unexpected_buffs_are_named()
    {
        var result = Ledger.Check(
            [
                Post("lost", Outcome.Ok),
                Post("twice", Outcome.Ok),
                Post("maybe", Outcome.Info),
                Post("gone", Outcome.Info),
                Post("refused", Outcome.Fail),
                Post("ok", Outcome.Ok),
            ],
            Rows("twice", "twice", "maybe", "refused", "stranger", "ok")
        );

        Assert.Equal(3, result.Acked);
        Assert.Equal(["lost"], result.Lost);
        Assert.Equal(["twice"], result.Duplicated);
        Assert.Equal(["maybe"], result.Recovered);
        Assert.Equal(["refused", "stranger"], result.Unexpected);
        // One of unknown outcome may be there.
        Assert.Equal(4, result.Faults);
        Assert.Equal(
            "of 3 acknowledged buffs 1 lost ('lost'), 1 doubled ('twice'); 2 unexpected ('refused', 'stranger'), 1 of unknown outcome found ('maybe')",
            result.Diagnosis
        );
    }

    [Fact]
    public void What_lies_in_the_dead_letter_queue_is_not_lost_but_is_a_fault()
    {
        var result = Ledger.Check(
            [
                Post("ok", Outcome.Ok),
                Post("buried", Outcome.Ok),
                Post("half", Outcome.Ok),
                Post("half", Outcome.Ok),
                Post("lost", Outcome.Ok),
            ],
            Rows("ok", "half"),
            Rows("buried", "half")
        );

        Assert.Equal(["lost"], result.Lost);
        Assert.Equal(["buried", "half"], result.DeadLettered);
        Assert.Equal(3, result.Faults);
        Assert.Equal(
            "of 4 acknowledged buffs 1 lost ('lost'), 2 dead-lettered ('buried', 'half'), 0 doubled; 0 unexpected, 0 of unknown outcome found",
            result.Diagnosis
        );
    }

    [Fact]
    public void A_row_that_nobody_has_posted_with_success_fails_what_is_measured_once()
    {
        var account = Ledger.Check([Post("ok", Outcome.Ok), Post("refused", Outcome.Fail)], Rows("ok", "refused", "refused"));

        var measured = Measurement.OfAccount("queue.kept", account);

        Assert.Equal((1, true), (measured.Value, measured.IsOfAccount));
        Assert.Contains("1 unexpected ('refused')", measured.Diagnosis, StringComparison.Ordinal);
    }

    [Theory]
    // As many as are missing may wait, or nobody tells: nothing is known.
    [InlineData(2L, null)]
    [InlineData(5L, null)]
    [InlineData(null, null)]
    // More are missing than wait.
    [InlineData(1L, 1d)]
    [InlineData(0L, 2d)]
    public void While_the_platform_does_not_serve_only_what_no_queue_can_hold_is_lost(long? queued, double? value)
    {
        var account = Ledger.Check([Post("a", Outcome.Ok), Post("b", Outcome.Ok), Post("c", Outcome.Ok)], Rows("c"));

        var measured = Measurement.OfOpenAccount("restart.lossless", account, queued);

        Assert.Equal((value, value is not null), (measured.Value, measured.IsOfAccount));
        Assert.Contains(
            value is null ? "2 of 3 acknowledged buffs have no row as things stand" : "2 lost",
            measured.Diagnosis,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(7L)]
    [InlineData(null)]
    public void What_stands_twice_is_doubled_whatever_waits_and_what_stands_once_is_kept(long? queued)
    {
        var posts = new[] { Post("a", Outcome.Ok), Post("b", Outcome.Ok) };

        var doubled = Measurement.OfOpenAccount("restart.lossless", Ledger.Check(posts, Rows("a", "b", "b")), queued);
        var kept = Measurement.OfOpenAccount("restart.lossless", Ledger.Check(posts, Rows("a", "b")), queued);

        Assert.Equal((1, 2), (doubled.Value, doubled.Observations));
        Assert.Equal((0, 2), (kept.Value, kept.Observations));
    }

    [Fact]
    public void A_row_count_of_zero_is_no_row()
    {
        var none = new Dictionary<string, long>
        {
            ["acked"] = 0,
            ["maybe"] = 0,
            ["refused"] = 0,
        };
        var result = Ledger.Check([Post("acked", Outcome.Ok), Post("maybe", Outcome.Info), Post("refused", Outcome.Fail)], none);

        Assert.Equal(["acked"], result.Lost);
        Assert.Empty(result.Recovered);
        Assert.Empty(result.Unexpected);
    }

    [Fact]
    public void A_post_whose_end_was_not_recorded_is_of_unknown_outcome()
    {
        var begun = HistoryLine.Invocation("client-1", "post", "dashboard", "m", 7);

        Assert.Equal(["m"], Ledger.Check([begun], Rows("m")).Recovered);
        Assert.Empty(Ledger.Check([begun], Rows()).Lost);
        Assert.Equal(1, Ledger.Check([begun, begun.Ended(Outcome.Ok, "200", 8)], Rows("m")).Acked);
    }

    [Fact]
    public void A_history_is_read_once_and_as_it_comes()
    {
        var held = 0;
        IEnumerable<HistoryLine> History()
        {
            Assert.Equal(0, held++);
            for (var number = 0; number < 1000; number++)
            {
                var begun = HistoryLine.Invocation("client-1", "post", "dashboard", $"m{number % 10}", number);
                yield return begun;
                yield return begun.Ended(Outcome.Ok, "200", number);
            }
        }

        var result = Ledger.Check(
            History(),
            Enumerable.Range(0, 10).ToDictionary(number => $"m{number}", _ => 100L, StringComparer.Ordinal)
        );
        Assert.Equal((10, 0), (result.Acked, result.Faults));
    }

    [Fact]
    public void A_post_of_unknown_outcome_that_is_there_twice_is_doubled() =>
        Assert.Equal(["m"], Ledger.Check([Post("m", Outcome.Info)], Rows("m", "m")).Duplicated);

    [Fact]
    public void A_marker_posted_again_after_an_unknown_outcome_may_be_there_twice_but_not_thrice()
    {
        HistoryLine[] history = [Post("m", Outcome.Info), Post("m", Outcome.Ok)];

        Assert.Empty(Ledger.Check(history, Rows("m")).Duplicated);
        Assert.Empty(Ledger.Check(history, Rows("m", "m")).Duplicated);
        Assert.Equal(["m"], Ledger.Check(history, Rows("m", "m", "m")).Duplicated);
        Assert.Equal(["m"], Ledger.Check(history, Rows()).Lost);
    }

    [Fact]
    public void A_text_acknowledged_twice_and_there_once_is_a_loss() =>
        Assert.Equal(["m"], Ledger.Check([Post("m", Outcome.Ok), Post("m", Outcome.Ok)], Rows("m")).Lost);

    [Fact]
    public void Without_an_acknowledged_post_nothing_is_said()
    {
        var result = Ledger.Check([Post("a", Outcome.Fail), Post("b", Outcome.Info)], Rows());
        Assert.Equal((0, "no POST was acknowledged: nothing was observed"), (result.Acked, result.Diagnosis));
    }

    [Fact]
    public void Only_posts_with_a_marker_count()
    {
        HistoryLine[] history =
        [
            Post("a", Outcome.Ok),
            Post("b", Outcome.Ok) with
            {
                Name = "get",
            },
            Post("z", Outcome.Ok) with
            {
                Kind = HistoryKind.Event,
            },
            Post("a", Outcome.Ok) with
            {
                Marker = null,
            },
        ];
        var result = Ledger.Check(history, Rows("a"));
        Assert.Equal((1, 0), (result.Acked, result.Lost.Count));
    }

    [Fact]
    public void At_most_five_markers_are_named() =>
        Assert.StartsWith(
            "of 7 acknowledged buffs 7 lost ('m1', 'm2', 'm3', 'm4', 'm5', …), 0 doubled",
            Ledger.Check([.. Enumerable.Range(1, 7).Select(i => Post($"m{i}", Outcome.Ok))], Rows()).Diagnosis,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_ledger_finds_exactly_the_faults_that_were_seeded() =>
        Gen.Select(Gen.Enum<Outcome>(), Gen.Int[0, 3])
            .Array[0, 30]
            .Sample(fates =>
            {
                var markers = fates.Select((fate, index) => (Marker: $"m{index}", Outcome: fate.Item1, Rows: fate.Item2)).ToList();
                var result = Ledger.Check(
                    markers.Select(one => Post(one.Marker, one.Outcome)),
                    markers.ToDictionary(one => one.Marker, one => (long)one.Rows, StringComparer.Ordinal)
                );
                IEnumerable<string> Those(Func<Outcome, int, bool> holds) =>
                    markers.Where(one => holds(one.Outcome, one.Rows)).Select(one => one.Marker);

                Assert.Equal(markers.Count(one => one.Outcome == Outcome.Ok), result.Acked);
                Assert.Equal(Those((outcome, rows) => outcome == Outcome.Ok && rows == 0), result.Lost);
                Assert.Equal(Those((_, rows) => rows > 1), result.Duplicated);
                Assert.Equal(Those((outcome, rows) => outcome == Outcome.Info && rows > 0), result.Recovered);
                Assert.Equal(Those((outcome, rows) => outcome == Outcome.Fail && rows > 0), result.Unexpected);
            });

    [Fact]
    public void The_order_of_operations_does_not_matter_to_what_is_found() =>
        Gen.Select(Gen.Int[0, 9], Gen.Enum<Outcome>())
            .Array[1, 30]
            .Sample(operations =>
            {
                HistoryLine[] history = [.. operations.Select(one => Post($"m{one.Item1}", one.Item2))];
                var rows = Rows("m0", "m1", "m1", "m2", "m2", "m2");
                var there = Ledger.Check(history, rows);
                var back = Ledger.Check(history.Reverse(), rows);

                Assert.Equal(there.Lost.Order(), back.Lost.Order());
                Assert.Equal(there.Duplicated.Order(), back.Duplicated.Order());
                Assert.Equal(there.Unexpected.Order(), back.Unexpected.Order());
            });

    private static HistoryLine Post(string marker, Outcome outcome) =>
        HistoryLine.Invocation("client-1", "post", "dashboard", marker, 0).Ended(outcome, string.Empty, 1);

    private static Dictionary<string, long> Rows(params string[] markers) =>
        markers
            .CountBy(marker => marker, StringComparer.Ordinal)
            .ToDictionary(each => each.Key, each => (long)each.Value, StringComparer.Ordinal);
}
