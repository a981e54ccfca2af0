using CsCheck;
using Verification.Load;
using Xunit;

namespace Verification.Tests.Unit.Load;

/// <summary>The schedules of open models: what arrives by when is exact, whatever the rates and times.</summary>
public sealed class OpenModelTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Gen<TimeSpan> Times = Gen.Long[TimeSpan.TicksPerMillisecond, 10 * TimeSpan.TicksPerSecond]
        .Select(TimeSpan.FromTicks);
    private static readonly Gen<RampingArrivalRate> Ramps = Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], Times, Times)
        .Select((from, to, interval, during) => new RampingArrivalRate(to, interval, during) { From = from });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_ramp_from_nothing_begins_half_as_many_as_its_last_rate_would()
    {
        var due = new Paced().Begins(new RampingArrivalRate(8, Second, TimeSpan.FromSeconds(2)), Cancellation);

        // Its rate is 4·t a second, its integral 2·t²: the k-th is due at √(k/2) s.
        Assert.Equal(8, due.Count);
        Assert.Equal([0, 707, 1000, 1224, 1414, 1581, 1732, 1870], due.Select(each => Math.Floor(each.TotalMilliseconds)));
    }

    [Fact]
    public void What_a_ramp_has_begun_by_any_moment_is_the_integral_of_its_rate() =>
        Ramps.Sample(
            ramp =>
            {
                var (during, interval) = ((Int128)ramp.During.Ticks, ramp.Interval.Ticks);
                Int128 Integral(long t) => (2 * ramp.From * during * t) + ((Int128)(ramp.Rate - ramp.From) * t * t);
                var due = ramp.Arrivals().Select(each => each.Ticks).ToList();
                var scale = 2 * during * interval;
                return due.Count == ramp.Planned
                    && due.Count == (long)(Integral(ramp.During.Ticks) / scale)
                    && due.Index()
                        .All(each =>
                            Integral(each.Item) >= each.Index * scale && (each.Item == 0 || Integral(each.Item - 1) < each.Index * scale)
                        );
            },
            iter: 200
        );

    [Fact]
    public void A_ramp_between_equal_rates_is_the_constant_rate() =>
        Gen.Select(Gen.Int[1, 300], Times, Times)
            .Sample(
                (rate, interval, during) =>
                    new RampingArrivalRate(rate, interval, during) { From = rate }.Planned
                    == new ConstantArrivalRate(rate, interval, during).Planned,
                iter: 200
            );

    [Fact]
    public void Arrivals_at_random_are_the_same_from_the_same_seed_and_as_many_as_the_rate_says_on_average()
    {
        var hour = new PoissonArrivalRate(20, Second, TimeSpan.FromHours(1), 7);

        var due = hour.Arrivals().ToList();

        Assert.Equal(due, hour.Arrivals());
        Assert.NotEqual(due, (hour with { Seed = 8 }).Arrivals());
        Assert.Equal(due.Order(), due);
        Assert.Equal(due.Count, hour.Planned);
        // Of 72,000 the deviation is 268; of a Poisson process, e^-1 of the times between two are longer than their mean.
        Assert.InRange(due.Count, 71_000, 73_000);
        var gaps = due.Zip(due.Skip(1), (one, next) => next - one).ToList();
        Assert.InRange(gaps.Count(gap => gap > Second / 20) / (double)gaps.Count, 0.358, 0.378);
    }

    [Fact]
    public void Within_no_second_more_arrive_at_random_than_the_peak_says()
    {
        var model = new PoissonArrivalRate(20, Second, TimeSpan.FromMinutes(5), 7);
        var due = model.Arrivals().ToList();

        Assert.Equal(due.Max(begin => due.Count(each => each >= begin && each < begin + Second)), model.PeakRate);
        Assert.Equal(["the rate is 0; at least 1 must arrive in an interval"], new PoissonArrivalRate(0, Second, Second, 7).Problems);
    }

    [Fact]
    public void A_random_rate_draws_the_same_from_the_same_seed_and_stays_within_its_bounds() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[1, 20], Gen.Int)
            .Sample(
                (least, more, seed) =>
                {
                    var model = new RandomArrivalRate(least, least + more, Second, TimeSpan.FromSeconds(5), seed);
                    var arrivals = model.Arrivals().ToList();
                    var each = Enumerable.Range(0, 5).Select(second => arrivals.Count(arrival => (int)arrival.TotalSeconds == second));
                    return arrivals.SequenceEqual(model.Arrivals())
                        && arrivals.Order().SequenceEqual(arrivals)
                        && model.Planned == arrivals.Count
                        && each.All(count => count >= least && count <= least + more);
                },
                iter: 200
            );

    [Fact]
    public void Iterations_at_a_rate_are_as_many_as_were_asked_for_and_last_as_long() =>
        Gen.Select(Gen.Int[1, 300], Times, Gen.Int[1, 500])
            .Sample(
                (rate, interval, iterations) =>
                {
                    var model = new IterationsAtRate(rate, interval, iterations);
                    return model.Arrivals().Count() == iterations
                        && model.Arrivals().SequenceEqual(model.Arrivals().Order())
                        && model.Length == new ConstantArrivalRate(rate, interval, Second).DueAfter(iterations);
                },
                iter: 200
            );

    [Fact]
    public void All_that_is_wrong_with_a_config_is_said_at_once()
    {
        Assert.Equal(
            [
                "the rate is -1; it can't be negative",
                "the interval is 0 s; it must be positive",
                "it lasts -1 s; it must last longer than 0 s and at most 24 h",
            ],
            new RampingArrivalRate(-1, TimeSpan.Zero, -Second).Problems
        );
        Assert.Equal(
            ["none arrives while the rate goes from 0 to 1 in 1 s within 1 s"],
            new RampingArrivalRate(1, Second, Second).Problems
        );
        Assert.Equal(
            ["the rate is drawn from 5 to 5; the lower must be at least 0 and below the upper"],
            new RandomArrivalRate(5, 5, Second, Second, 1).Problems
        );
        Assert.Equal(
            ["the rate is 0; at least 1 must arrive in an interval", "there are 0 iterations; there must be at least 1"],
            new IterationsAtRate(0, Second, 0).Problems
        );
        Assert.Equal(["it lasts 0 s; it must last longer than 0 s and at most 24 h"], new Pause(TimeSpan.Zero).Problems);
    }
}
