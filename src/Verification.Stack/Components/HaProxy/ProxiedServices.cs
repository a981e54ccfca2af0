namespace Verification.Stack.Components.HaProxy;

/// <summary>The instances that the proxy before them leads clients to.</summary>
public static class ProxiedServices
{
    /// <summary>Names of the instances of a role that clients are led to now.</summary>
    /// <param name="stack">A stack with a proxy before those of the role.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">The proxy does not answer.</exception>
    public static async Task<IReadOnlyList<string>> LedToAsync(AttachedStack stack, Role role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var instances = stack.Instances(role).Select(instance => instance.Name).ToHashSet(StringComparer.Ordinal);
        var metrics = await HaProxyMetrics
            .ReadAsync(stack.Endpoint(HaProxyComponent.Proxy, HaProxyMetrics.Port), cancellationToken)
            .ConfigureAwait(false);
        return [.. metrics.LedTo.Select(led => led.Server).Where(instances.Contains)];
    }
}
