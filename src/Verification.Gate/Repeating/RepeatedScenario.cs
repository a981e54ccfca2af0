using Verification.Gate.Runs;

namespace Verification.Gate.Repeating;

/// <summary>A scenario that is tried again and again.</summary>
/// <param name="Gate">The gate of a try: the scenario's objectives, the suite and the kind of broker.</param>
/// <param name="Place">What its results rest on.</param>
internal sealed record RepeatedScenario(GateOptions Gate, RepeatedPlace Place)
{
    /// <summary>Names what its results rest on, with the limits of its objectives.</summary>
    public string Content => Place.Content.Of(Gate.Only);
}
