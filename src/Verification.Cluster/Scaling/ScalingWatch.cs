using System.Collections.Concurrent;
using k8s.Autorest;

namespace Verification.Cluster.Scaling;

/// <summary>Looks at scaled services each second until it is disposed. A look that the API server does not answer is left out.</summary>
public sealed class ScalingWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource over = new();
    private readonly ConcurrentDictionary<string, ServiceScale> last = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> most = new(StringComparer.Ordinal);
    private readonly ScaledServices services;
    private readonly Task watching;

    /// <summary>Starts it.</summary>
    /// <param name="services">The services.</param>
    public ScalingWatch(ScaledServices services)
    {
        this.services = services;
        watching = WatchAsync();
    }

    /// <summary>The last look at a service; null where its autoscaler was not seen.</summary>
    public ServiceScale? LastOf(string service) => last.GetValueOrDefault(service);

    /// <summary>The largest share of the processor that a service's autoscaler has seen, in percent of what its pods ask for; null where it
    /// has seen none.</summary>
    public int? MostUsedOf(string service) => most.TryGetValue(service, out var share) ? share : null;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Pace);
        do
        {
            try
            {
                foreach (var look in await services.LookAsync(over.Token).ConfigureAwait(false))
                {
                    last[look.Service] = look;
                    if (look.UsedPercent is { } used)
                        most.AddOrUpdate(look.Service, used, (_, before) => Math.Max(before, used));
                }
            }
            catch (Exception e)
                when (e is HttpOperationException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
            {
                // The next one will do.
            }
        } while (await timer.WaitForNextTickAsync(over.Token).ConfigureAwait(false));
    }
}
