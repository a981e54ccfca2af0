using CsCheck;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>Staleness, over histories written by hand and at random. Times are in ms.</summary>
public sealed class StalenessTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void The_buff_that_is_missing_longest_tells_how_old_a_listing_is()
    {
        var staleness = Check([Post("a", 10), Post("b", 20), Post("c", 30), Get(100, "a"), Get(200, "a", "c")]);

        Assert.Equal(TimeSpan.FromMilliseconds(180), staleness.Oldest);
        Assert.Equal("server did not list 'b' 0.2 s after it was acknowledged", staleness.Diagnosis);
        Assert.Equal((2, 3), (staleness.Listings, staleness.Acknowledged));
    }

    [Fact]
    public void What_a_buff_is_missing_for_is_told_by_what_happened_to_it() =>
        Assert.Equal(
            "server did not list 'a' 0.1 s after its row was seen",
            Staleness.Check([Post("a", 10), Get(100)], _ => new HashSet<string>(), "its row was seen").Diagnosis
        );

    [Fact]
    public void A_listing_need_not_have_what_was_acknowledged_after_it_was_asked_for() =>
        Assert.Equal(TimeSpan.Zero, Check([Post("a", 10), Get(10), Get(5)]).Oldest);

    [Fact]
    public void What_was_not_acknowledged_may_be_missing() =>
        Assert.Equal(TimeSpan.Zero, Check([Post("a", 10) with { Outcome = Outcome.Info }, Get(100)]).Oldest);

    [Fact]
    public void An_answer_that_is_no_list_is_not_looked_at() =>
        Assert.Equal(0, Check([Post("a", 10), Get(100) with { File = null }, Get(100) with { Outcome = Outcome.Fail }]).Listings);

    [Fact]
    public void A_cache_that_is_never_older_than_it_may_be_is_never_accused_of_more() =>
        Ages.Sample(ages => Assert.True(Check(HistoryOf(ages)).Oldest <= TimeSpan.FromMilliseconds(ages.Max() + 10)));

    [Fact]
    public void The_oldest_listing_is_always_found() =>
        Gen.Select(Ages, Gen.Int[0, 100])
            .Sample(
                (ages, at) =>
                {
                    // One listing is 300 ms older than any other may be, among enough buffs for it to lack some.
                    var old = ages.Append(0).Concat(Enumerable.Repeat(0, 100)).ToArray();
                    old[60 + (at % (old.Length - 60))] = 400;

                    Assert.True(Check(HistoryOf(old)).Oldest >= TimeSpan.FromMilliseconds(380));
                }
            );

    /// <summary>How old each listing is, in ms.</summary>
    private static Gen<int[]> Ages => Gen.Int[0, 100].Array[1, 60];

    /// <summary>A buff is acknowledged and one listing asked for each 10 ms.</summary>
    private static List<HistoryLine> HistoryOf(int[] ages) =>
        [
            .. ages.Select((_, index) => Post($"{index}", index * 10)),
            .. ages.Select(
                (age, index) =>
                    Get(
                        (index * 10) + 5,
                        [.. Enumerable.Range(0, ages.Length).Where(post => post * 10 <= (index * 10) + 5 - age).Select(post => $"{post}")]
                    )
            ),
        ];

    private static StalenessResult Check(IEnumerable<HistoryLine> history) =>
        Staleness.Check(history, file => file.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal));

    private static HistoryLine Post(string marker, long complete) =>
        HistoryLine
            .Invocation($"poster-{marker}", "post", "dashboard", marker, Math.Max(0, complete - 1) * Millisecond)
            .Ended(Outcome.Ok, "200", complete * Millisecond);

    private static HistoryLine Get(long invoke, params string[] questions) =>
        HistoryLine
            .Invocation("client", "get", "server", null, invoke * Millisecond)
            .Ended(Outcome.Ok, "200", (invoke + 1) * Millisecond, questions.Length, string.Join(',', questions));
}
