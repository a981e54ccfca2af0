using Verification.Cluster.Deployments;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A test of the whole environment <c>local</c>, of which there is one for all tests of a collection.</summary>
/// <param name="suite">The run of the assembly.</param>
/// <param name="exposed">What is deployed.</param>
public abstract class ExposedPlatformTest(SuiteFixture suite, ExposedFixture exposed) : ClusterTest(suite)
{
    /// <summary>What its secrets are fetched from; without it the test is UNKNOWN with the reason.</summary>
    /// <param name="platform">What is deployed.</param>
    private protected SimulatedCloud RequireSecrets(ExposedPlatform platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        if (platform.SecretsMissing is { } missing)
            NotMeasured(missing);
        return exposed.Cloud!;
    }

    /// <summary>What is deployed; without a cluster the test is UNKNOWN with the reason.</summary>
    protected async Task<ExposedPlatform> RequireExposedAsync()
    {
        RequirePrograms();
        await MeasureAloneAsync();
        return await exposed.GetAsync(() => RequireAsync(StartAsync));
    }

    private async Task<ExposedPlatform> StartAsync() =>
        await ExposedPlatform.StartAsync(
            Suite.Root,
            Suite.StageFolder,
            await exposed.SimulateAsync(Suite.Root, Suite.StageFolder, Cancellation),
            Images,
            Tell,
            Cancellation
        );
}
