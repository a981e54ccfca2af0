using Verification.Load;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class LoadSequenceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    public static TheoryData<string, ILoadSimulation> EachModel =>
        new()
        {
            { "constant rate", new ConstantArrivalRate(97, Second, Second) },
            { "random rate", new RandomArrivalRate(10, 90, TimeSpan.FromMilliseconds(300), Second, 7) },
            { "ramp", new RampingArrivalRate(150, Second, Second) },
            { "ramp down", new LoadSequence(new ConstantArrivalRate(150, Second, Second), new RampingArrivalRate(0, Second, Second)) },
            { "iterations at a rate", new IterationsAtRate(100, Second, 77) },
            { "copies", new ConstantCopies(5, Second) },
            { "ramp of copies", new RampingCopies(9, Second) },
            { "iterations of copies", new IterationsOfCopies(4, 60) },
            {
                "pause between",
                new LoadSequence(new ConstantArrivalRate(50, Second, Second), new Pause(Second), new ConstantCopies(3, Second))
            },
        };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(EachModel), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_the_model_each_iteration_that_came_due_is_accounted_for(string model, ILoadSimulation simulation)
    {
        var paced = new Paced(longestRest: Millisecond);
        var due = 0;

        var work = (
            await paced.RunAsync(
                Paced.Of(
                    new Settling(simulation),
                    async (iteration, _) =>
                    {
                        due++;
                        await Task.Delay(TimeSpan.FromMilliseconds(1 + (iteration.Number % 11)), paced.Time, Cancellation);
                        return (iteration.Number % 3) switch
                        {
                            0 => new IterationAnswer(IterationOutcome.Failed, "503"),
                            1 => new IterationAnswer(IterationOutcome.TimedOut, "no answer in time"),
                            _ => IterationAnswer.Ok,
                        };
                    }
                ) with
                {
                    MostInFlight = 5000,
                },
                Cancellation
            )
        )["work"];

        Assert.True(work.AddsUp, $"{model}: {work}");
        Assert.True(
            due > 20 && due == work.Scheduled && work.Planned == work.Scheduled && work is { Dropped: 0, Unfinished: 0 },
            $"{model}: {due} began; {work}"
        );
        Assert.Equal(simulation.Planned ?? work.Scheduled, work.Scheduled);
    }

    [Fact]
    public void A_ramp_begins_where_the_model_before_it_ended()
    {
        static int FromOf(ILoadSimulation before) =>
            ((RampingArrivalRate)new LoadSequence(before, new RampingArrivalRate(10, Second, Second)).Parts[1]).From;

        Assert.Equal(
            [4, 30, 6, 8, 0, 0],
            new[]
            {
                FromOf(new ConstantArrivalRate(4, Second, Second)),
                FromOf(new ConstantArrivalRate(3, TimeSpan.FromMilliseconds(100), Second)),
                FromOf(new RampingArrivalRate(6, Second, Second)),
                FromOf(new IterationsAtRate(8, Second, 80)),
                FromOf(new Pause(Second)),
                FromOf(new ConstantCopies(9, Second)),
            }
        );
        Assert.Equal(9, ((RampingCopies)new LoadSequence(new ConstantCopies(9, Second), new RampingCopies(3, Second)).Parts[1]).From);
    }

    [Fact]
    public void Each_begins_when_the_one_before_is_over()
    {
        var due = new Paced().Begins(
            new LoadSequence(new ConstantArrivalRate(2, Second, Second), new Pause(Second), new ConstantArrivalRate(4, Second, Second)),
            Cancellation
        );

        Assert.Equal([0, 500, 2000, 2250, 2500, 2750], due.Select(each => each.TotalMilliseconds));
    }

    [Fact]
    public void All_that_is_wrong_with_its_models_is_said_at_once()
    {
        Assert.Equal(["it has no load model"], new LoadSequence().Problems);
        Assert.Equal(["it has only pauses"], new LoadSequence(new Pause(Second)).Problems);
        Assert.Equal(
            [
                "load model 1: there are 0 copies; there must be 1 to 10000",
                "load model 2: it lasts 0 s; it must last longer than 0 s and at most 24 h",
            ],
            new LoadSequence(new ConstantCopies(0, Second), new Pause(TimeSpan.Zero)).Problems
        );
    }

    [Fact]
    public void Rates_and_copies_together_must_find_room()
    {
        var scenario = Paced.Of(
            new LoadSequence(new ConstantArrivalRate(90, Second, Second), new ConstantCopies(101, Second)),
            (_, _) => Task.FromResult(IterationAnswer.Ok)
        );

        Assert.Equal(["work: 1000 in flight are too few; 90/s with a deadline of 10 s and 101 copies need 1001"], scenario.Problems);
    }
}
