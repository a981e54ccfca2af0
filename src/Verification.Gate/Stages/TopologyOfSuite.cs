using Verification.Gate.Commands;
using Verification.Objectives;
using Verification.Stack.Topologies;

namespace Verification.Gate.Stages;

/// <summary>The topology that a suite runs on.</summary>
internal static class TopologyOfSuite
{
    /// <summary>The topology of the name that the profile gives.</summary>
    /// <exception cref="UsageException">There is none of this name.</exception>
    public static Topology Of(ProfileSuite suite)
    {
        try
        {
            return KnownTopologies.Catalog.Parse(suite.Topology);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"suite {suite.Name}: {e.Message}");
        }
    }
}
