using NBomber.Contracts;
using NBomber.CSharp;

namespace Verification.Load.Scenarios;

/// <summary>Readers of a live event: each question brings a burst of them; until the next question fewer list.</summary>
public static class EventReaders
{
    /// <summary>How many list in a second, for the first second behind a question.</summary>
    public const int InBurst = 140;

    /// <summary>How many list in a second, from then on to the next question.</summary>
    public const int Between = 50;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Calm = 2 * Second;

    /// <summary>The time from one question to the next.</summary>
    public static TimeSpan BetweenQuestions => Second + Calm;

    /// <summary>How many list for each question.</summary>
    public static int OfAQuestion => InBurst + (Between * (int)Calm.TotalSeconds);

    /// <summary>The load that they are.</summary>
    /// <param name="time">How long: of what is not a multiple of <see cref="BetweenQuestions"/>, the whole ones that it holds.</param>
    public static LoadSimulation[] During(TimeSpan time) =>
        [
            .. Enumerable
                .Range(0, (int)(time / BetweenQuestions))
                .SelectMany(_ => new[] { Simulation.Inject(InBurst, Second, Second), Simulation.Inject(Between, Second, Calm) }),
        ];
}
