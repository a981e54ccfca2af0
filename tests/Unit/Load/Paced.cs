using Microsoft.Extensions.Time.Testing;
using Verification.Load;

namespace Verification.Tests.Unit.Load;

/// <summary>A clock that goes on only where a pacer rests, and by as much.</summary>
internal sealed class Paced
{
    /// <summary>Makes it.</summary>
    /// <param name="oversleeps">How much longer a rest takes than it was asked for, by its number.</param>
    public Paced(Func<int, TimeSpan>? oversleeps = null)
    {
        var rests = 0;
        Pacer = new Pacer(Time, (span, _) => Time.Advance(span + (oversleeps?.Invoke(rests++) ?? TimeSpan.Zero)));
    }

    public FakeTimeProvider Time { get; } = new();

    public Pacer Pacer { get; }

    /// <summary>Runs a scenario on this clock.</summary>
    public Task<LoadResult> RunAsync(LoadScenario scenario, CancellationToken cancellationToken) => new LoadRun(Time, Pacer).RunAsync(scenario, cancellationToken);

    /// <summary>One operation that is all a scenario has, without a warm-up.</summary>
    public static LoadScenario Of(ILoadSimulation simulation, Func<Iteration, CancellationToken, Task<IterationAnswer>> work) =>
        new("alone", [new LoadOperation("work", simulation, work)]) { WarmUp = TimeSpan.Zero };
}
