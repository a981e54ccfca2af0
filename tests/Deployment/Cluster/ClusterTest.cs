using Verification.Cluster.Deployments;
using Verification.Cluster.Nodes;
using Verification.Cluster.Programs;
using Verification.Stack.Engine;
using Verification.Stack.Images;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A test on a throwaway cluster of its own.</summary>
/// <param name="suite">The run of the assembly.</param>
public abstract class ClusterTest(SuiteFixture suite) : DeploymentTest(suite)
{
    /// <summary>Where there is nothing to deploy with nobody is waited for.</summary>
    protected void RequirePrograms()
    {
        try
        {
            LocalPlatform.RequirePrograms();
        }
        catch (ToolMissingException e)
        {
            NotMeasured(e.Message);
        }
    }

    /// <summary>The throwaway cluster with nothing deployed yet; without it the test is UNKNOWN with the reason.</summary>
    protected Task<LocalPlatform> RequirePlatformAsync() =>
        RequireAsync(() => LocalPlatform.StartAsync(Suite.Root, Suite.StageFolder, LocalExtent.Platform, Images, Tell, Cancellation));

    /// <summary>What stands on a cluster; without one the test is UNKNOWN with the reason.</summary>
    protected async Task<T> RequireAsync<T>(Func<Task<T>> start)
    {
        ArgumentNullException.ThrowIfNull(start);
        try
        {
            return await start();
        }
        catch (Exception e) when (e is ToolMissingException or ClusterMissingException or ImageException or EngineMissingException)
        {
            NotMeasured(e.Message);
            throw;
        }
    }

    /// <summary>Tells of progress.</summary>
    protected static void Tell(string message) => TestContext.Current.SendDiagnosticMessage(message);
}
