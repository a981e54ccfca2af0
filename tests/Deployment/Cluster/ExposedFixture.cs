using Verification.Cluster.Deployments;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>The whole environment <c>local</c>, deployed once for all tests that look at it, when the first of them asks.</summary>
public sealed class ExposedFixture : IAsyncLifetime
{
    private Task<ExposedPlatform>? starting;

    /// <summary>What is deployed; where it could not be, each that asks hears why.</summary>
    /// <param name="start">Deploys it.</param>
    public Task<ExposedPlatform> GetAsync(Func<Task<ExposedPlatform>> start) => starting ??= start();

    /// <inheritdoc />
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (starting is { IsCompletedSuccessfully: true })
            await (await starting).DisposeAsync();
    }
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(Name)]
public sealed class ExposedCollection : ICollectionFixture<ExposedFixture>
{
    /// <summary>Its name.</summary>
    public const string Name = "exposed";
}
