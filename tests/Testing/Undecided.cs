using System.Globalization;
using Verification.Objectives;
using Verification.Platform;

namespace Verification.Testing;

/// <summary>What a state that did not come says of the objectives of its test.</summary>
public static class Undecided
{
    /// <summary>The objective that a state is charged to where the wait for it names none: the first of which nothing was measured, but for
    /// those that only answers say something of. What nobody asks for is not charged where there is another.</summary>
    /// <param name="objectives">Ids of those that nothing was measured of, in the order of the test.</param>
    /// <param name="ofAnswers">Those that only answers say something of.</param>
    /// <param name="isWanted">Whether the profile asks for one.</param>
    /// <returns>Its id alone; none where there is none.</returns>
    public static IReadOnlyList<string> First(
        IReadOnlyList<string> objectives,
        IReadOnlyList<string> ofAnswers,
        Func<string, bool> isWanted
    ) => [.. objectives.Except(ofAnswers).OrderByDescending(isWanted).Take(1)];

    /// <summary>What the state is charged to has failed; of all else nothing is known.</summary>
    /// <param name="state">The state that was awaited in vain.</param>
    /// <param name="objectives">Ids of those that nothing was measured of.</param>
    /// <param name="ofAnswers">Those that only answers say something of.</param>
    /// <param name="charged">What the state is charged to: objectives of the test, whether something was measured of them or not, or
    /// others.</param>
    public static IEnumerable<Measurement> After(
        UnreachedState state,
        IReadOnlyList<string> objectives,
        IReadOnlyList<string> ofAnswers,
        IReadOnlyList<string> charged
    )
    {
        ArgumentNullException.ThrowIfNull(state);
        var waited = string.Create(
            CultureInfo.InvariantCulture,
            $"not so after {state.Waited.TotalSeconds:0.0} s: {state.State}; seen last: {state.Seen}"
        );
        return objectives.Select(objective =>
            charged.Contains(objective)
                ? Measurement.OfUnreached(objective, state) with
                {
                    Suspects = AwaitedStates.SuspectsOf(state.State),
                }
                : Measurement.NotMeasured(
                    objective,
                    ofAnswers.Contains(objective)
                        ? $"nothing was answered that could be held against it; {waited}"
                        : $"the test ended before it was measured, as {(charged.Count == 0 ? "a state did not come" : $"{string.Join(" and ", charged)} failed")}; {waited}"
                )
        );
    }
}
