using Verification.Load;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class ConstantArrivalRateTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Iterations_arrive_evenly()
    {
        var due = new Paced().Begins(new ConstantArrivalRate(4, Second, Second), Cancellation);

        Assert.Equal([0, 250, 500, 750], due.Select(each => each.TotalMilliseconds));
    }

    [Theory]
    [InlineData(3, 1, 7)]
    [InlineData(7, 3, 11)]
    [InlineData(1, 60, 600)]
    [InlineData(999, 1, 86_400)]
    public void Nothing_of_a_rate_that_divides_nothing_evenly_is_lost_to_rounding(int rate, int interval, int during)
    {
        var simulation = new ConstantArrivalRate(rate, TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(during));

        Assert.Equal((long)rate * during / interval, simulation.Planned);
        // One interval's worth later is one interval later, however far into the run.
        Assert.Equal(
            TimeSpan.FromSeconds(interval),
            simulation.DueAfter(simulation.Planned) - simulation.DueAfter(simulation.Planned - rate)
        );
    }

    [Fact]
    public void What_a_pacer_overslept_it_makes_up_for_at_once_and_the_schedule_does_not_slip()
    {
        var paced = new Paced(rest => rest == 2 ? TimeSpan.FromMilliseconds(500) : TimeSpan.Zero);
        var (due, begun) = (new List<TimeSpan>(), new List<TimeSpan>());
        var start = paced.Pacer.Now;

        new ConstantArrivalRate(10, Second, Second).Run(
            new IterationFlow(
                paced.Pacer,
                at =>
                {
                    due.Add(paced.Pacer.Between(start, at));
                    begun.Add(paced.Pacer.Between(start, paced.Pacer.Now));
                    return Task.CompletedTask;
                }
            ),
            start,
            Cancellation
        );

        Assert.Equal([0, 100, 200, 300, 400, 500, 600, 700, 800, 900], due.Select(each => each.TotalMilliseconds));
        Assert.Equal([0, 100, 200, 800, 800, 800, 800, 800, 800, 900], begun.Select(each => each.TotalMilliseconds));
    }

    [Fact]
    public void A_run_that_is_cancelled_begins_no_more()
    {
        using var end = new CancellationTokenSource();
        var (paced, begun) = (new Paced(), 0);

        new ConstantArrivalRate(10, Second, Second).Run(
            new IterationFlow(
                paced.Pacer,
                _ =>
                {
                    if (++begun == 3)
                        end.Cancel();
                    return Task.CompletedTask;
                }
            ),
            paced.Pacer.Now,
            end.Token
        );

        Assert.Equal(3, begun);
    }

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(-1, 0, 1, 2)]
    [InlineData(1, -1, 0, 2)]
    [InlineData(0, 0, 0, 3)]
    [InlineData(200_000, 1, 1, 1)]
    [InlineData(1, 10, 5, 1)]
    [InlineData(1, 1, 100_000, 1)]
    [InlineData(20, 1, 15, 0)]
    public void All_that_is_wrong_with_a_config_is_said_at_once(int rate, int interval, int during, int problems) =>
        Assert.Equal(problems, new ConstantArrivalRate(rate, TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(during)).Problems.Count);
}
