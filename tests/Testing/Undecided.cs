using System.Globalization;
using Verification.Objectives;
using Verification.Platform;

namespace Verification.Testing;

/// <summary>What a state that did not come says of the objectives that nothing was measured of yet.</summary>
public static class Undecided
{
    /// <summary>They have failed, but for those that only answers say something of: of them nothing is known.</summary>
    /// <param name="state">The state that was awaited in vain.</param>
    /// <param name="objectives">Their ids.</param>
    /// <param name="ofAnswers">Those that only answers say something of.</param>
    public static IEnumerable<Measurement> After(UnreachedState state, IReadOnlyList<string> objectives, IReadOnlyList<string> ofAnswers) =>
        objectives.Select(objective =>
            ofAnswers.Contains(objective)
                ? Measurement.NotMeasured(
                    objective,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"nothing was answered that could be held against it; not so after {state.Waited.TotalSeconds:0.0} s: {state.State}; seen last: {state.Seen}"
                    )
                )
                : Measurement.OfUnreached(objective, state) with
                {
                    Suspects = AwaitedStates.SuspectsOf(state.State),
                }
        );
}
