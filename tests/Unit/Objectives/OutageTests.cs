using CsCheck;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>Availability and recovery, over histories written by hand and at random. Times are in ms.</summary>
public sealed class OutageTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void What_was_not_answered_well_is_counted_and_told()
    {
        var availability = Availability.Check(
            [.. Post(1, 2), .. Post(3, 4, Outcome.Info, "timed out"), .. Post(5, 6)],
            "post",
            0,
            10 * Millisecond
        );

        Assert.Equal((3, 2), (availability.Asked, availability.Answered));
        Assert.Equal(2.0 / 3, availability.Ratio);
        Assert.Equal(["dashboard timed out"], availability.Unanswered);
    }

    [Fact]
    public void An_operation_whose_end_was_not_recorded_was_not_answered()
    {
        var availability = Availability.Check([.. Post(1, 2), Post(3, 4)[0]], "post", 0, 10 * Millisecond);

        Assert.Equal((2, 1), (availability.Asked, availability.Answered));
    }

    [Fact]
    public void Only_what_began_in_the_window_counts() =>
        Assert.Equal(
            1,
            Availability.Check([.. Post(1, 6), .. Post(5, 6), .. Post(11, 12)], "post", 4 * Millisecond, 10 * Millisecond).Asked
        );

    [Fact]
    public void Where_nothing_was_asked_there_is_no_ratio() => Assert.Null(Availability.Check(Post(1, 2), "get", 0, Millisecond).Ratio);

    [Theory]
    [InlineData("from the begin of the window to the first answer", 0, 10, 7, 8, 8)]
    [InlineData("from the last answer to its end", 0, 10, 1, 2, 8)]
    public void The_longest_outage_may_lie_at_an_end_of_the_window(
        string where,
        long from,
        long to,
        long invoke,
        long complete,
        long outage
    )
    {
        Assert.NotEmpty(where);
        Assert.Equal(
            TimeSpan.FromMilliseconds(outage),
            Availability.Check(Post(invoke, complete), "post", from * Millisecond, to * Millisecond).LongestOutage
        );
    }

    [Fact]
    public void Operations_have_recovered_with_the_first_good_answer_to_one_that_began_after_the_last_that_failed()
    {
        var recovery = Outage.Recovery(
            [.. Post(1, 2), .. Post(11, 300, Outcome.Fail), .. Post(100, 150), .. Post(200, 210, Outcome.Info), .. Post(220, 230)],
            "post",
            10 * Millisecond
        );

        Assert.Equal(TimeSpan.FromMilliseconds(220), recovery.Time);
        Assert.Equal((4, 2, 1), (recovery.Asked, recovery.Failed, recovery.AnsweredSince));
    }

    [Fact]
    public void Without_a_failure_the_longest_silence_is_what_it_took() =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(900),
            Outage.Recovery([.. Post(11, 12), .. Post(20, 912), .. Post(60, 912), .. Post(913, 914)], "post", 10 * Millisecond).Time
        );

    [Fact]
    public void What_fails_to_the_end_has_not_recovered() =>
        Assert.Null(Outage.Recovery([.. Post(11, 12), .. Post(20, 30, Outcome.Fail)], "post", 10 * Millisecond).Time);

    [Fact]
    public void A_platform_that_answers_each_operation_is_never_accused() =>
        Histories.Sample(answers =>
        {
            var history = answers.SelectMany((answer, index) => Post(index * 10, (index * 10) + answer)).ToList();
            var end = answers.Length * 10;

            Assert.Equal(1, Availability.Check(history, "post", 0, end * Millisecond).Ratio);
            Assert.True(Outage.Recovery(history, "post", 0).Time <= TimeSpan.FromMilliseconds(10 + 9));
        });

    [Fact]
    public void A_time_in_which_nothing_was_answered_is_always_found() =>
        Gen.Select(Histories, Gen.Int[0, 30], Gen.Int[5, 60])
            .Sample(
                (answers, first, length) =>
                {
                    // All that is asked in the outage fails, and something is asked and answered behind it.
                    bool InOutage(int index) => index >= first && index < first + length;
                    var count = Math.Max(answers.Length, first + length) + 3;
                    var history = Enumerable
                        .Range(0, count)
                        .SelectMany(index =>
                            Post(index * 10, (index * 10) + answers[index % answers.Length], InOutage(index) ? Outcome.Fail : Outcome.Ok)
                        )
                        .ToList();

                    var least = TimeSpan.FromMilliseconds((length - 1) * 10);
                    Assert.True(Availability.Check(history, "post", 0, count * 10 * Millisecond).LongestOutage >= least);
                    Assert.True(Outage.Recovery(history, "post", 0).Time >= least);
                    Assert.Equal(length, Outage.Recovery(history, "post", 0).Failed);
                }
            );

    /// <summary>How long each operation took to be answered; one begins each 10 ms.</summary>
    private static Gen<int[]> Histories => Gen.Int[1, 9].Array[1, 60];

    private static HistoryLine[] Post(long invoke, long complete, Outcome outcome = Outcome.Ok, string detail = "200")
    {
        var invocation = HistoryLine.Invocation($"poster-{invoke}", "post", "dashboard", $"buff {invoke}", invoke * Millisecond);
        return [invocation, invocation.Ended(outcome, detail, complete * Millisecond)];
    }
}
