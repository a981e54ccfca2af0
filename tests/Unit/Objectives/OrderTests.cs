using CsCheck;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>The order of buffs, over histories written by hand and at random. Times are in ms.</summary>
public sealed class OrderTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void A_buff_that_stands_before_one_that_had_been_acknowledged_is_told()
    {
        var order = Check([Post("a", 0, 5), Post("b", 10, 15), Post("c", 20, 25)], ("a", 1), ("c", 2), ("b", 3));

        Assert.Equal(2, order.Compared);
        Assert.Equal(["'c' stands before 'b'"], order.Overtakers);
        Assert.Equal(
            "1 of 2 buffs stand before one that had been acknowledged when they were posted: 'c' stands before 'b'",
            order.Diagnosis
        );
    }

    [Fact]
    public void Of_buffs_that_were_posted_at_the_same_time_either_may_stand_first() =>
        Assert.Equal(0, Check([Post("a", 0, 15), Post("b", 10, 20)], ("b", 1), ("a", 2)).Compared);

    [Fact]
    public void What_was_not_acknowledged_or_stands_nowhere_or_was_posted_twice_is_not_looked_at()
    {
        var order = Check(
            [Post("a", 0, 5), Post("b", 10, 15) with { Outcome = Outcome.Info }, Post("c", 20, 25), Post("d", 30, 35), Post("d", 40, 45)],
            ("a", 4),
            ("b", 1),
            ("d", 2)
        );

        Assert.Equal((0, 0), (order.Compared, order.Overtakers.Count));
    }

    [Fact]
    public void What_is_stored_between_its_post_and_its_acknowledgement_is_never_accused() =>
        Posts.Sample(posts => Assert.Empty(Check(HistoryOf(posts), PlacesOf(posts)).Overtakers));

    [Fact]
    public void Two_buffs_that_have_changed_places_are_always_found() =>
        Gen.Select(Posts, Gen.Int[0, 1000], Gen.Int[0, 1000])
            .Sample(
                (posts, one, other) =>
                {
                    // Both behind all others, and one after the other.
                    var end = posts.Max(post => post.Invoke + post.Took) + 1;
                    (int Invoke, int Took, int Stored)[] all = [.. posts, (end + one, 10, 5), (end + one + 11 + other, 10, 5)];
                    var places = PlacesOf(all);
                    var (last, next) = ($"{all.Length - 2}", $"{all.Length - 1}");
                    (places[last], places[next]) = (places[next], places[last]);

                    Assert.Equal([$"'{next}' stands before '{last}'"], Check(HistoryOf(all), places).Overtakers);
                }
            );

    /// <summary>When each buff is posted, how long its POST takes, and when in between it is stored.</summary>
    private static Gen<(int Invoke, int Took, int Stored)[]> Posts =>
        Gen.Select(Gen.Int[0, 500], Gen.Int[2, 100], Gen.Int[0, 100])
            .Select((invoke, took, stored) => (invoke, took, 1 + (stored % (took - 1))))
            .Array[1, 40];

    private static List<HistoryLine> HistoryOf(IEnumerable<(int Invoke, int Took, int Stored)> posts) =>
        [.. posts.Select((post, index) => Post($"{index}", post.Invoke, post.Invoke + post.Took))];

    private static Dictionary<string, long> PlacesOf(IEnumerable<(int Invoke, int Took, int Stored)> posts) =>
        posts
            .Select((post, index) => (Marker: $"{index}", At: post.Invoke + post.Stored))
            .OrderBy(post => post.At)
            .Select((post, place) => (post.Marker, Place: (long)place))
            .ToDictionary(post => post.Marker, post => post.Place, StringComparer.Ordinal);

    private static OrderResult Check(IEnumerable<HistoryLine> history, params (string Marker, long Place)[] places) =>
        Check(history, places.ToDictionary(place => place.Marker, place => place.Place, StringComparer.Ordinal));

    private static OrderResult Check(IEnumerable<HistoryLine> history, IReadOnlyDictionary<string, long> places) =>
        Order.Check(history, places);

    private static HistoryLine Post(string marker, long invoke, long complete) =>
        HistoryLine
            .Invocation($"poster-{marker}-{invoke}", "post", "dashboard", marker, invoke * Millisecond)
            .Ended(Outcome.Ok, "200", complete * Millisecond);
}
