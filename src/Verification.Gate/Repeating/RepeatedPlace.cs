namespace Verification.Gate.Repeating;

/// <summary>What the results of repeated scenarios rest on: only tries in the same place are counted together.</summary>
/// <param name="Broker">Kind of broker.</param>
/// <param name="Topology">Arrangement of the components.</param>
/// <param name="Content">Names the platform, the suite and the limits.</param>
internal sealed record RepeatedPlace(string Broker, string Topology, ScenarioContent Content);
