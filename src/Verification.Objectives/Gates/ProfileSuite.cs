namespace Verification.Objectives;

/// <summary>A test assembly that a profile runs, and on what: one stage for each kind of broker, or one without a platform in
/// containers.</summary>
/// <param name="Name">Name of the assembly in lower case: <c>integration</c>, <c>load</c>, …</param>
/// <param name="Budget">Wall time that each of its stages is sure to have; it may take what the profile has left beside the later ones.</param>
/// <param name="Brokers">On which kinds of broker it runs.</param>
/// <param name="Topology">On which arrangement of the components it runs: <c>single</c>, <c>ha+monitoring</c>, …</param>
public sealed record ProfileSuite(
    string Name,
    TimeSpan Budget,
    SuiteBrokers Brokers = SuiteBrokers.Default,
    string Topology = ProfileSuite.UsualTopology
)
{
    /// <summary>The topology with one of each component.</summary>
    public const string UsualTopology = "single";
}

/// <summary>On which kinds of broker a suite runs.</summary>
public enum SuiteBrokers
{
    /// <summary>The default of the machine.</summary>
    Default,

    /// <summary>Each that can be had, one after the other.</summary>
    Every,

    /// <summary>Artemis, what production deploys: without it the profile can't be run.</summary>
    Artemis,

    /// <summary>None: it starts what it looks at itself, or reads files alone.</summary>
    None,
}
