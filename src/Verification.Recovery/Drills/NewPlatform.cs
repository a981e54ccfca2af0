using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;

namespace Verification.Recovery;

/// <summary>A platform in the place of one that is lost, on the data that was restored: a broker, a cluster of Redis and both services, all
/// of them new.</summary>
public sealed class NewPlatform : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> parts = new();

    private NewPlatform() { }

    /// <summary>Its MySQL.</summary>
    public StackInstance MySql { get; private set; } = null!;

    /// <summary>Its broker.</summary>
    public StackInstance Broker { get; private set; } = null!;

    /// <summary>Its Dashboard.</summary>
    public StackInstance Dashboard { get; private set; } = null!;

    /// <summary>Its Server.</summary>
    public StackInstance Server { get; private set; } = null!;

    /// <summary>Starts what needs no data, side by side; then MySQL on what was restored; then the services.</summary>
    /// <param name="additions">Starts it.</param>
    /// <param name="data">What was restored.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">MySQL did not come up: what was restored is no server's.</exception>
    /// <exception cref="StartException">Another part did not come up.</exception>
    public static async Task<NewPlatform> StartAsync(StackAdditions additions, DiskVolume data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(additions);
        var platform = new NewPlatform();
        try
        {
            await platform.StartPartsAsync(additions, data, cancellationToken).ConfigureAwait(false);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        while (parts.TryPop(out var part))
            await part.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StartPartsAsync(StackAdditions additions, DiskVolume data, CancellationToken cancellationToken)
    {
        var broker = Kept(additions.StartAsync(new Addition(InstanceRole.Broker, "new-activemq"), cancellationToken));
        var redis = Kept(
            additions.StartTogetherAsync(
                InstanceRole.Redis,
                [.. Enumerable.Range(0, 6).Select(number => $"new-redis-node-{number}")],
                cancellationToken
            )
        );
        var mysql = Kept(RestoredServer.StartAsync(additions, data, cancellationToken));
        await Task.WhenAll(broker, redis, mysql).ConfigureAwait(false);
        (Broker, MySql) = ((await broker.ConfigureAwait(false)).Instance, (await mysql.ConfigureAwait(false)).Instance);
        var hosts = string.Join(',', (await redis.ConfigureAwait(false)).Instances.Select(node => $"{node.Instance.Name}:6379"));
        var dashboard = Kept(
            additions.StartAsync(Service(InstanceRole.Dashboard, "new-dashboard", ("MQHOST", Broker.Name)), cancellationToken)
        );
        var server = Kept(
            additions.StartAsync(
                Service(InstanceRole.Server, "new-server", ("MQHOST", Broker.Name), ("DBHOST", MySql.Name), ("REDISHOSTS", hosts)),
                cancellationToken
            )
        );
        await Task.WhenAll(dashboard, server).ConfigureAwait(false);
        (Dashboard, Server) = ((await dashboard.ConfigureAwait(false)).Instance, (await server.ConfigureAwait(false)).Instance);
    }

    private async Task<T> Kept<T>(Task<T> starting)
        where T : IAsyncDisposable
    {
        var part = await starting.ConfigureAwait(false);
        lock (parts)
            parts.Push(part);
        return part;
    }

    private static Addition Service(Role role, string name, params IReadOnlyList<(string Name, string Value)> environment) =>
        new(role, name)
        {
            Environment = environment.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal),
        };
}
