using Verification.Objectives;
using Verification.Platform;
using Verification.Platform.Generating;
using Xunit;

namespace Verification.Tests.Unit.Platform;

/// <summary>What listings say one after the other.</summary>
public sealed class RememberedListTests
{
    private const string First = "first-marker";
    private const string Second = "second-marker";
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private readonly RememberedList remembered = new();

    public RememberedListTests()
    {
        remembered.Post(Posted(First));
        remembered.Post(Posted(Second));
    }

    [Fact]
    public void What_stays_as_it_was_deviates_in_nothing()
    {
        remembered.Store();

        Assert.Empty(See(isFresh: true, Listed("seed 001", 1), Listed(First, 2), Listed(Second, 3)));
        Assert.Empty(See(isFresh: false, Listed("seed 001", 1), Listed(First, 2), Listed(Second, 3)));
    }

    [Fact]
    public void What_was_not_awaited_may_be_missing_and_come_later()
    {
        Assert.Empty(See(isFresh: true, Listed(First, 2)));
        Assert.Empty(See(isFresh: true, Listed(First, 2), Listed(Second, 3)));
    }

    [Fact]
    public void What_has_its_row_is_listed_afresh_and_may_be_missing_from_what_was_cached()
    {
        remembered.Store();

        Assert.Empty(See(isFresh: false, Listed(First, 2)));
        Assert.Equal(["'second-marker': not listed"], See(isFresh: true, Listed(First, 2)));
    }

    [Fact]
    public void What_was_listed_is_not_missing_later() =>
        Assert.Equal(
            ["'second-marker' was listed, and is not any more"],
            After(() => See(isFresh: true, Listed(First, 2), Listed(Second, 3)), () => See(isFresh: false, Listed(First, 2)))
        );

    [Fact]
    public void An_ID_and_times_never_change_but_for_a_trailing_zero()
    {
        Assert.Empty(See(isFresh: true, Listed(First, 2)));
        Assert.Empty(See(isFresh: true, Listed(First, 2) with { CreatedAt = "2026-11-26T12:00:00.50Z" }));
        Assert.Equal(
            [
                "'first-marker' had the ID 2, and has 1 now",
                "CreatedAt of 'first-marker' was 2026-11-26T12:00:00.5Z, and is 2026-11-26T12:00:00.6Z now",
                "UpdatedAt of 'first-marker' was 2026-11-26T12:00:00.5Z, and is 2026-11-26T12:00:00.7Z now",
            ],
            See(isFresh: true, Listed(First, 1) with { CreatedAt = "2026-11-26T12:00:00.6Z", UpdatedAt = "2026-11-26T12:00:00.7Z" })
        );
    }

    [Fact]
    public void Of_several_with_one_question_it_is_not_known_which_is_which()
    {
        Assert.Empty(See(isFresh: true, Listed("seed 001", 1), Listed("seed 001", 7), Listed(First, 8)));
        Assert.Empty(See(isFresh: true, Listed("seed 001", 7), Listed("seed 001", 1), Listed(First, 8)));
    }

    [Fact]
    public void What_nobody_has_posted_is_not_listed_but_for_what_the_suite_has() =>
        Assert.Equal(
            ["'other' is listed, and nobody has posted it"],
            See(isFresh: true, Listed("seed 001", 1), Listed("fence of it", 2), Listed("other", 3))
        );

    [Fact]
    public void What_is_marked_as_deleted_may_be_listed_or_not()
    {
        remembered.Store();
        Assert.Empty(See(isFresh: true, Listed(First, 2), Listed(Second, 3)));
        remembered.Delete(remembered.First!);

        Assert.Equal(Second, remembered.First?.Buff.Marker);
        Assert.Empty(See(isFresh: false, Listed(First, 2), Listed(Second, 3)));
        Assert.Empty(See(isFresh: true, Listed(Second, 3)));
        Assert.Equal(["'second-marker' had the ID 3, and has 2 now"], See(isFresh: true, Listed(Second, 2)));
    }

    [Fact]
    public void A_buff_that_was_refused_is_told()
    {
        remembered.Post(Posted("third-marker", status: 503));

        Assert.StartsWith("'third-marker': refused", Assert.Single(See(isFresh: false)));
    }

    private static IReadOnlyList<string> After(Func<IReadOnlyList<string>> before, Func<IReadOnlyList<string>> then)
    {
        Assert.Empty(before());
        return then();
    }

    private IReadOnlyList<string> See(bool isFresh, params IReadOnlyList<ListedBuff> listed) =>
        remembered.Deviations(listed, Noon.AddSeconds(1), isFresh);

    private static ListedBuff Listed(string question, long id) =>
        new(id, "2026-11-26T12:00:00.5Z", "2026-11-26T12:00:00.5Z", question, ["me", "you"]);

    private static PostedCase Posted(string marker, int status = 200) =>
        new(new GeneratedBuff(marker), new PostAnswer(marker, Outcome.Ok, new HttpAnswer(status, string.Empty, null, [], null)), Noon);
}
