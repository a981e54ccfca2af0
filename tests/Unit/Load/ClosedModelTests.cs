using CsCheck;
using Verification.Load;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class ClosedModelTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_copy_begins_anew_when_its_iteration_has_ended()
    {
        var paced = new Paced(longestRest: Millisecond);
        var (underWay, most) = (0, 0);

        var work = (
            await paced.RunAsync(
                Paced.Of(
                    new Settling(new ConstantCopies(4, Second)),
                    async (_, _) =>
                    {
                        most = Math.Max(most, ++underWay);
                        await Task.Delay(TimeSpan.FromMilliseconds(50), paced.Time, Cancellation);
                        underWay--;
                        return IterationAnswer.Ok;
                    }
                ),
                Cancellation
            )
        )["work"];

        Assert.Equal(4, most);
        Assert.InRange(work.Ok, 76, 84);
        Assert.Equal((work.Scheduled, work.Scheduled, 0), (work.Planned, work.Ok, work.Late));
    }

    [Fact]
    public async Task Iterations_that_copies_share_are_as_many_as_were_asked_for()
    {
        var paced = new Paced(longestRest: Millisecond);

        var work = (
            await paced.RunAsync(
                Paced.Of(
                    new Settling(new IterationsOfCopies(7, 100)),
                    async (iteration, _) =>
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(1 + (iteration.Number % 13)), paced.Time, Cancellation);
                        return IterationAnswer.Ok;
                    }
                ),
                Cancellation
            )
        )["work"];

        Assert.Equal((100, 100, 100), (work.Planned, work.Scheduled, work.Ok));
    }

    [Fact]
    public void The_sum_of_copies_over_time_is_that_of_the_line_from_begin_to_end() =>
        Gen.Select(Gen.Int[0, 200], Gen.Int[0, 200], Gen.Long[1000, TimeSpan.TicksPerMinute])
            .Where((from, to, _) => from != to)
            .Sample(
                (from, to, ticks) =>
                {
                    var ramp = new RampingCopies(to, TimeSpan.FromTicks(ticks)) { From = from };
                    var (sum, at, copies) = (Int128.Zero, 0L, from);
                    foreach (var (after, next) in ramp.Changes())
                        (sum, at, copies) = (sum + ((Int128)copies * (after.Ticks - at)), after.Ticks, next);
                    sum += (Int128)copies * (ticks - at);
                    // Each change is known to 100 ns.
                    return copies == to && Int128.Abs((2 * sum) - ((Int128)(from + to) * ticks)) <= 2 * Math.Abs(to - from);
                },
                iter: 500
            );

    [Fact]
    public async Task Copies_go_on_from_one_model_to_the_next_and_end_with_the_last()
    {
        var paced = new Paced(longestRest: Millisecond);
        var start = paced.Pacer.Now;
        var begun = new List<double>();
        var load = new LoadSequence(
            new RampingCopies(2, Second),
            new ConstantCopies(2, Second),
            new Pause(Second),
            new ConstantArrivalRate(2, Second, Second)
        );

        var work = (
            await paced.RunAsync(
                Paced.Of(
                    new Settling(load),
                    async (_, _) =>
                    {
                        begun.Add(Math.Round(paced.Pacer.Between(start, paced.Pacer.Now).TotalSeconds, 1));
                        await Task.Delay(TimeSpan.FromMilliseconds(500), paced.Time, Cancellation);
                        return IterationAnswer.Ok;
                    }
                ),
                Cancellation
            )
        )["work"];

        // The first copy from a quarter of the ramp on, the second from three quarters on; nothing in the pause; then two that arrive.
        Assert.Equal(
            [0.3, 0.8, 0.8, 1.3, 1.3, 1.8, 1.8, 3.0, 3.5],
            begun.Select(each =>
                each is 0.2 ? 0.3
                : each is 0.7 ? 0.8
                : each is 1.2 ? 1.3
                : each is 1.7 ? 1.8
                : each
            )
        );
        Assert.Equal(9, work.Ok);
    }

    [Fact]
    public void All_that_is_wrong_with_a_config_is_said_at_once()
    {
        Assert.Equal(
            ["there are 0 copies; there must be 1 to 10000", "it lasts 0 s; it must last longer than 0 s and at most 24 h"],
            new ConstantCopies(0, TimeSpan.Zero).Problems
        );
        Assert.Equal(["it goes from 0 copies to 0"], new RampingCopies(0, Second).Problems);
        Assert.Equal(
            ["there are 10001 copies; there must be 1 to 10000", "there are 0 iterations; there must be at least 1"],
            new IterationsOfCopies(10_001, 0).Problems
        );
    }
}
