namespace Verification.Stack.Topologies;

/// <summary>Parts that any topology can have besides: <c>monitoring</c> in <c>single+monitoring</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parts">Its parts; they may need parts that every topology has.</param>
public sealed record TopologyAddition(string Name, IReadOnlyList<TopologyPart> Parts)
{
    /// <summary>Whether a stage runs without it where its images can't be had: only some of its scenarios need it, and say so.</summary>
    public bool IsDispensable { get; init; }

    /// <summary>Names of the additions that it can't stand beside.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>Name of the addition that a stage has in its place where an image that only it needs can't be had; null for none.</summary>
    public string? Substitute { get; init; }
}
