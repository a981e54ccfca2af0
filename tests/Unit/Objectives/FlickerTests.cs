using CsCheck;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>What is listed and then not, over histories written by hand and at random. Times are in ms.</summary>
public sealed class FlickerTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void A_buff_that_was_listed_and_is_missing_later_tells_for_how_long()
    {
        var flicker = Check([Get(0, "a"), Get(100, "a", "b"), Get(500, "a"), Get(700, "a", "b")]);

        Assert.Equal(TimeSpan.FromMilliseconds(399), flicker.Longest);
        Assert.Equal("server did not list 'b' 0.4 s after it had been listed", flicker.Diagnosis);
        Assert.Equal(4, flicker.Listings);
    }

    [Fact]
    public void Each_listing_counts_that_lacks_what_had_been_listed_for_longer_than_is_forgiven()
    {
        IReadOnlyList<HistoryLine> history = [Get(0, "a"), Get(100), Get(202), Get(300), Get(400, "a")];

        Assert.Equal(3, Check(history).Older);
        Assert.Equal(2, Check(history, forgiven: 200).Older);
        Assert.Equal(0, Check(history, forgiven: 300).Older);
        Assert.Equal(TimeSpan.FromMilliseconds(299), Check(history, forgiven: 300).Longest);
    }

    [Fact]
    public void A_listing_that_was_asked_for_before_the_other_had_ended_may_lack_what_that_had() =>
        Assert.Null(Check([Get(100, "a"), Get(100), Get(101)]).Diagnosis);

    [Fact]
    public void The_one_that_was_listed_first_tells_the_longest_time() =>
        Assert.Equal(TimeSpan.FromMilliseconds(899), Check([Get(100, "a"), Get(500, "a", "b"), Get(1000)]).Longest);

    [Fact]
    public void An_answer_that_is_no_list_is_not_looked_at() =>
        Assert.Equal(
            1,
            Check([
                Get(0, "a"),
                Get(100) with
                {
                    File = null,
                },
                Get(100) with
                {
                    Outcome = Outcome.Fail,
                },
                Get(100) with
                {
                    Name = "post",
                },
            ]).Listings
        );

    [Fact]
    public void A_list_that_only_grows_is_never_accused() =>
        Sizes.Sample(sizes => Assert.Null(Check(HistoryOf([.. sizes.Order()])).Diagnosis));

    [Fact]
    public void A_listing_of_before_is_always_found() =>
        Gen.Select(Sizes, Gen.Int[0, 100])
            .Sample(
                (sizes, at) =>
                {
                    var growing = sizes.Order().Append(sizes.Max() + 1).ToArray();
                    // One that lacks the newest stands somewhere behind.
                    var late = at % growing.Length;

                    Assert.NotNull(Check(HistoryOf([.. growing, growing[late] - 1])).Diagnosis);
                }
            );

    /// <summary>How many buffs each listing has, of those numbered from 0.</summary>
    private static Gen<int[]> Sizes => Gen.Int[1, 40].Array[1, 60];

    /// <summary>A listing is asked for each 10 ms.</summary>
    private static List<HistoryLine> HistoryOf(int[] sizes) =>
        [.. sizes.Select((size, index) => Get(index * 10, [.. Enumerable.Range(0, size).Select(buff => $"{buff}")]))];

    private static FlickerResult Check(IEnumerable<HistoryLine> history, int forgiven = 0) =>
        Flicker.Check(
            history,
            file => file.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
            TimeSpan.FromMilliseconds(forgiven)
        );

    private static HistoryLine Get(long invoke, params string[] questions) =>
        HistoryLine
            .Invocation("client", "get", "server", null, invoke * Millisecond)
            .Ended(Outcome.Ok, "200", (invoke + 1) * Millisecond, questions.Length, string.Join(',', questions));
}
