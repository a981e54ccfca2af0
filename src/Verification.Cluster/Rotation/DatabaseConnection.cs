namespace Verification.Cluster.Rotation;

/// <summary>A connection that MySQL has.</summary>
/// <param name="Id">Its number: one that was opened later has a higher one.</param>
/// <param name="From">The address that it comes from, or its name.</param>
public sealed record DatabaseConnection(long Id, string From);
