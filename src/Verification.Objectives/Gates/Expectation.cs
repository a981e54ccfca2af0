namespace Verification.Objectives;

/// <summary>What the business expects of a release at the peak of an event.</summary>
/// <param name="PostsPerSecond">How many buffs are posted a second.</param>
/// <param name="ReadersPerSecond">How many readers list the buffs in a second.</param>
/// <param name="P99">The time within which 99 of 100 of each are answered, from when they were due.</param>
public sealed record Expectation(int PostsPerSecond, int ReadersPerSecond, TimeSpan P99)
{
    /// <summary>What an objective needs that is decided only where something is expected.</summary>
    public const string Capability = "expectation";
}
