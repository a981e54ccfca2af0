using Microsoft.Extensions.Time.Testing;
using Verification.Load;

namespace Verification.Tests.Unit.Load;

/// <summary>A clock that goes on only where a pacer rests, and by as much.</summary>
internal sealed class Paced
{
    /// <summary>Makes it.</summary>
    /// <param name="oversleeps">How much longer a rest takes than it was asked for, by its number.</param>
    /// <param name="longestRest">How long a rest takes at most: what waits for the clock meanwhile sees no more of it go by.</param>
    public Paced(Func<int, TimeSpan>? oversleeps = null, TimeSpan? longestRest = null)
    {
        var rests = 0;
        Pacer = new Pacer(
            Time,
            (span, _) => Time.Advance((span < longestRest ? span : longestRest ?? span) + (oversleeps?.Invoke(rests++) ?? TimeSpan.Zero))
        );
    }

    public FakeTimeProvider Time { get; } = new();

    public Pacer Pacer { get; }

    /// <summary>When a load model begins its iterations, from its start on.</summary>
    public IReadOnlyList<TimeSpan> Begins(ILoadSimulation simulation, CancellationToken cancellationToken)
    {
        var (start, due) = (Pacer.Now, new List<TimeSpan>());
        simulation.Run(
            new IterationFlow(
                Pacer,
                at =>
                {
                    due.Add(Pacer.Between(start, at));
                    return Task.CompletedTask;
                }
            ),
            start,
            cancellationToken
        );
        return due;
    }

    /// <summary>Runs a scenario on this clock.</summary>
    public Task<LoadResult> RunAsync(LoadScenario scenario, CancellationToken cancellationToken) =>
        new LoadRun(Time, Pacer).RunAsync(scenario, cancellationToken);

    /// <summary>One operation that is all a scenario has, without a warm-up.</summary>
    public static LoadScenario Of(ILoadSimulation simulation, Func<Iteration, CancellationToken, Task<IterationAnswer>> work) =>
        new("alone", [new LoadOperation("work", simulation, work)]) { WarmUp = TimeSpan.Zero };
}

/// <summary>A load model behind which the clock goes on for a second: what is under way when it is over ends.</summary>
/// <param name="model">The model.</param>
internal sealed class Settling(ILoadSimulation model) : ILoadSimulation
{
    public TimeSpan Length => model.Length;

    public double PeakRate => model.PeakRate;

    public int MostCopies => model.MostCopies;

    public long? Planned => model.Planned;

    public IReadOnlyList<string> Problems => model.Problems;

    public ILoadSimulation Lasting(TimeSpan during) => new Settling(model.Lasting(during));

    public ILoadSimulation Scaled(double time, double rate) => new Settling(model.Scaled(time, rate));

    public long Run(IterationFlow flow, long start, CancellationToken cancellationToken)
    {
        var end = model.Run(flow, start, cancellationToken);
        flow.Keep(0);
        flow.Pacer.Await(flow.Pacer.Now + flow.Pacer.Ticks(TimeSpan.FromSeconds(1)), cancellationToken);
        return end;
    }
}
