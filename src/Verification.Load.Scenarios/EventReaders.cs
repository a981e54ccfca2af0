using NBomber.Contracts;
using NBomber.CSharp;

namespace Verification.Load.Scenarios;

/// <summary>Readers of a live event: each question brings a burst of them; until the next question fewer list.</summary>
/// <param name="InBurst">How many list in a second, for the first second behind a question.</param>
/// <param name="Between">How many list in a second, from then on to the next question.</param>
public sealed record EventReaders(int InBurst, int Between)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Calm = 2 * Second;

    /// <summary>As many as a generator sends in time that sleeps from one to the next, also on a machine that others use.</summary>
    public static EventReaders Few { get; } = new(100, 50);

    /// <summary>More of them.</summary>
    public static EventReaders Many { get; } = new(140, 50);

    /// <summary>The time from one question to the next.</summary>
    public static TimeSpan BetweenQuestions => Second + Calm;

    /// <summary>How many list for each question.</summary>
    public int OfAQuestion => InBurst + (Between * (int)Calm.TotalSeconds);

    /// <summary>The load that they are.</summary>
    /// <param name="time">How long: of what is not a multiple of <see cref="BetweenQuestions"/>, the whole ones that it holds.</param>
    public LoadSimulation[] During(TimeSpan time) =>
        [
            .. Enumerable
                .Range(0, (int)(time / BetweenQuestions))
                .SelectMany(_ => new[] { Simulation.Inject(InBurst, Second, Second), Simulation.Inject(Between, Second, Calm) }),
        ];
}
