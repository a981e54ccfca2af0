using Verification.Gate.Repeating;
using Xunit;

namespace Verification.Tests.Unit.Repeating;

public sealed class RoundsTests
{
    private static readonly string[] Scenarios = ["a", "b", "c", "d", "e"];

    [Fact]
    public void Each_round_has_each_scenario_that_lacks_a_try_once()
    {
        var order = Rounds.Of(Scenarios, scenario => scenario == "a" ? 1 : 3, seed: 1).ToList();

        Assert.Equal(Scenarios, order.Take(5).Order());
        Assert.Equal(["b", "c", "d", "e"], order.Skip(5).Take(4).Order());
        Assert.Equal(["b", "c", "d", "e"], order.Skip(9).Order());
    }

    [Fact]
    public void A_seed_repeats_the_order_and_another_gives_another() =>
        Assert.Multiple(
            () => Assert.Equal(Rounds.Of(Scenarios, _ => 5, seed: 7), Rounds.Of(Scenarios, _ => 5, seed: 7)),
            () => Assert.NotEqual(Rounds.Of(Scenarios, _ => 5, seed: 7), Rounds.Of(Scenarios, _ => 5, seed: 8))
        );

    [Fact]
    public void What_is_at_hand_more_often_than_asked_for_is_not_tried() =>
        Assert.Equal(["b"], Rounds.Of(["a", "b"], scenario => scenario == "a" ? -2 : 1, seed: 1));

    [Fact]
    public void Without_a_number_the_rounds_have_no_end() =>
        Assert.Equal(1000, Rounds.Of(Scenarios, _ => null, seed: 1).Take(1000).Count());
}
