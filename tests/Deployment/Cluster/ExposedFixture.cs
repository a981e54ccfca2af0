using Verification.Cluster.Deployments;
using Verification.Cluster.Nodes;
using Verification.Infrastructure;
using Verification.Infrastructure.Terraform;
using Verification.Stack;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>The whole environment <c>local</c>, deployed once for all tests of a collection, when the first of them
/// asks.</summary>
public sealed class ExposedFixture : IAsyncLifetime
{
    private Task<ExposedPlatform>? starting;

    /// <summary>What is deployed; where it could not be, each that asks hears why.</summary>
    /// <param name="start">Deploys it.</param>
    public Task<ExposedPlatform> GetAsync(Func<Task<ExposedPlatform>> start) => starting ??= start();

    /// <summary>What stands for AWS; null where nothing does.</summary>
    internal SimulatedCloud? Cloud { get; private set; }

    /// <summary>Starts what stands for AWS.</summary>
    /// <param name="root">The project.</param>
    /// <param name="run">The run, with the stage it is for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Where it is; where it can't be had, why.</returns>
    public async Task<SimulatorPlace> SimulateAsync(ProjectRoot root, RunFolder run, CancellationToken cancellationToken)
    {
        try
        {
            Cloud = await SimulatedCloud.StartAsync(root, run, cancellationToken);
            return new SimulatorPlace(Cloud.Endpoint, null);
        }
        catch (Exception e) when (e is MissingPartException or ClusterMissingException or TerraformRefusedException)
        {
            return SimulatorPlace.None(e.Message);
        }
    }

    /// <inheritdoc />
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (starting is { IsCompletedSuccessfully: true })
            await (await starting).DisposeAsync();
        if (Cloud is not null)
            await Cloud.DisposeAsync();
    }
}

/// <summary>The tests that share one, until its namespace is deleted.</summary>
[CollectionDefinition(Name)]
[TestClassOrderer(typeof(LosingLast))]
public sealed class ExposedCollection : ICollectionFixture<ExposedFixture>
{
    /// <summary>Its name.</summary>
    public const string Name = "exposed";
}

/// <summary>The tests that share one, until it is taken away as it was deployed.</summary>
[CollectionDefinition(Name)]
[TestClassOrderer(typeof(LosingLast))]
public sealed class WholeCollection : ICollectionFixture<ExposedFixture>
{
    /// <summary>Its name.</summary>
    public const string Name = "whole";
}
