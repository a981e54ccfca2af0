using Verification.Load;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class PropagationMeasurementsTests
{
    private static readonly Percentiles Quick = new(100, 20, 18, 22, 40, 60, 80);

    private static readonly PropagationResult Good = new(100, Quick, Quick with { P99 = 90 }, 0, 0, 0)
    {
        BetweenRows = Quick with { P50 = 21 },
        BetweenLists = Quick with { P50 = 25 },
    };

    [Fact]
    public void A_time_is_its_p99_and_no_better_known_than_from_one_look_to_the_next()
    {
        var measured = Of(Good);

        Assert.Equal((60.0, 100L, 21.0), (measured.Row("row").Value, measured.Row("row").Observations, measured.Row("row").Resolution));
        Assert.Equal((90.0, 25.0), (measured.Listed("listed").Value, measured.Listed("listed").Resolution));
        Assert.Equal(["checks/propagation.json"], measured.Listed("listed").Files);
    }

    [Fact]
    public void What_came_late_and_what_never_came_are_counted_together() =>
        Assert.Equal(
            (7.0, 100L),
            (Of(Good with { Late = 3, Unlisted = 4, WithoutRow = 2 }).TooLate("late").Value, Of(Good).TooLate("late").Observations)
        );

    [Fact]
    public void Of_the_times_of_a_saturated_generator_nothing_is_said_but_what_never_came_is_missing_all_the_same()
    {
        var measured = Of(Good with { Late = 3 }, "the generator was saturated");

        Assert.All(
            [measured.Row("row"), measured.Listed("listed"), measured.TooLate("late")],
            each => Assert.Equal((null, "the generator was saturated"), (each.Value, each.Diagnosis))
        );
        Assert.Equal(4.0, Of(Good with { Late = 3, Unlisted = 1 }, "the generator was saturated").TooLate("late").Value);
    }

    [Fact]
    public void Where_no_buff_was_seen_there_is_no_time() =>
        Assert.Null(Of(Good with { ToRow = Quick with { Count = 0 } }).Row("row").Value);

    private static PropagationMeasurements Of(PropagationResult result, string? saturation = null) =>
        new(result, "checks/propagation.json", saturation);
}
