using Verification.Load;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class KneeSearchTests
{
    [Theory]
    [InlineData(730, 80)]
    [InlineData(80, 80)]
    [InlineData(30, 80)]
    [InlineData(730, 700)]
    [InlineData(730, 740)]
    public async Task The_knee_is_found_to_a_tenth(int most, int from)
    {
        var knee = await Search(most).FindAsync(from, TestContext.Current.CancellationToken);

        Assert.InRange(knee.Rate, most * 0.85, most);
        Assert.InRange(knee.Trials.Count, 2, 12);
        Assert.True(knee.Beyond!.Rate > most);
    }

    [Fact]
    public async Task A_platform_that_holds_nothing_ends_it()
    {
        var knee = await Search(0).FindAsync(80, TestContext.Current.CancellationToken);

        Assert.Equal((0, 1), (knee.Rate, knee.Beyond!.Rate));
    }

    [Fact]
    public async Task A_platform_that_holds_everything_ends_it_where_no_more_is_tried()
    {
        var knee = await Search(int.MaxValue).FindAsync(80, TestContext.Current.CancellationToken);

        Assert.Null(knee.Beyond);
        Assert.Equal(2000, knee.Rate);
    }

    [Fact]
    public void The_middle_is_the_figure_and_its_spread_is_told()
    {
        var measured = new KneeMeasurement([Of(400), Of(300), Of(350)], "checks/knee.json").Of("load-knee.readers");

        Assert.Equal(350, measured.Value);
        Assert.Equal("from 300/s to 400/s in 3 searches; at 360/s p99 of GET was 900 ms", measured.Diagnosis);
    }

    [Fact]
    public void A_generator_that_could_do_no_more_is_told_and_where_it_could_do_nothing_nothing_is_known()
    {
        var beyond = new KneeTrial(90, "the generator was saturated", IsOfGenerator: true);

        Assert.Contains(
            "at least that: at 90/s the generator was saturated",
            new KneeMeasurement([new Knee(80, beyond, [beyond])], "f").Of("load-knee.readers").Diagnosis,
            StringComparison.Ordinal
        );
        Assert.Null(new KneeMeasurement([new Knee(0, beyond, [beyond])], "f").Of("load-knee.readers").Value);
    }

    private static Knee Of(int rate)
    {
        var beyond = new KneeTrial(rate + 10, "p99 of GET was 900 ms", IsOfGenerator: false);
        return new Knee(rate, beyond, [beyond]);
    }

    private static KneeSearch Search(int most) =>
        new((rate, _) => Task.FromResult(new KneeTrial(rate, rate <= most ? null : "it was too much", IsOfGenerator: false)), most: 2000);
}
