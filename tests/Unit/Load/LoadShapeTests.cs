using Verification.Load;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class LoadShapeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_rate_is_that_of_all_operations_at_their_peaks_and_their_mix_stays()
    {
        var scales = new LoadShape(null, 300).Of([
            new ConstantArrivalRate(10, Second, Second),
            new LoadSequence(new ConstantArrivalRate(20, Second, Second), new RampingArrivalRate(90, Second, Second)),
            new ConstantCopies(300, Second),
        ]);

        Assert.All(scales, scale => Assert.Equal((1, 3), scale));
    }

    [Fact]
    public void Each_operation_lasts_as_long_as_is_asked_for()
    {
        var scales = new LoadShape(TimeSpan.FromSeconds(30), null).Of([
            new ConstantArrivalRate(10, Second, TimeSpan.FromSeconds(15)),
            new ConstantCopies(3, TimeSpan.FromSeconds(60)),
        ]);

        Assert.Equal([(2, 1), (0.5, 1)], scales);
    }

    [Fact]
    public void What_has_neither_length_nor_rate_stays()
    {
        var shape = new LoadShape(TimeSpan.FromSeconds(30), 500);

        Assert.Equal([(1, 1)], shape.Of([new IterationsOfCopies(3, 20)]));
    }

    [Fact]
    public void A_spike_that_is_scaled_keeps_its_form()
    {
        var scaled = (LoadSequence)
            new LoadSequence(
                new ConstantArrivalRate(20, Second, TimeSpan.FromSeconds(8)),
                new RampingArrivalRate(200, Second, Second),
                new Pause(Second)
            ).Scaled(time: 2, rate: 4);

        Assert.Equal((TimeSpan.FromSeconds(20), 800), (scaled.Length, scaled.PeakRate));
        Assert.Equal((80 * 16) + ((80 + 800) / 2 * 2), scaled.Planned);
    }

    [Fact]
    public void Copies_are_no_rate()
    {
        Assert.Equal(new ConstantCopies(3, 2 * Second), new ConstantCopies(3, Second).Scaled(2, 4));
        Assert.Equal(new RampingCopies(3, 2 * Second), new RampingCopies(3, Second).Scaled(2, 4));
        Assert.Equal(new IterationsOfCopies(3, 20), new IterationsOfCopies(3, 20).Scaled(1, 4));
    }

    [Fact]
    public void Iterations_at_a_rate_are_as_many_as_arrive_meanwhile()
    {
        var scaled = new IterationsAtRate(10, Second, 30).Scaled(2, 4);

        Assert.Equal((TimeSpan.FromSeconds(6), 40, 240), (scaled.Length, scaled.PeakRate, scaled.Planned));
    }
}
