namespace Verification.Chaos.Workloads;

/// <summary>How often a workload asks.</summary>
/// <param name="Posts">Buffs a second.</param>
/// <param name="Gets">Listings a second.</param>
public sealed record WorkloadRate(int Posts, int Gets)
{
    /// <summary>Time between two POSTs: what a measurement of their recovery can see at best.</summary>
    public TimeSpan BetweenPosts => TimeSpan.FromSeconds(1.0 / Posts);

    /// <summary>Time between two GETs.</summary>
    public TimeSpan BetweenGets => TimeSpan.FromSeconds(1.0 / Gets);
}
