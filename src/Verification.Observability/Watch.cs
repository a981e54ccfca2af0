using Verification.Stack;
using Verification.Stack.Components.Watching;

namespace Verification.Observability;

/// <summary>What watches a stack: its Prometheus, its Alertmanager, and who is paged.</summary>
public sealed class Watch : IDisposable
{
    private readonly Func<CancellationToken, Task<string>> pagerLog;
    private readonly Uri? pushgateway;

    private Watch(Uri prometheus, Uri alertmanager, Uri? pushgateway, Func<CancellationToken, Task<string>> pagerLog)
    {
        (this.pushgateway, this.pagerLog) = (pushgateway, pagerLog);
        Prometheus = new PrometheusApi(prometheus);
        Alertmanager = new AlertmanagerApi(alertmanager);
    }

    /// <summary>Its Prometheus.</summary>
    public PrometheusApi Prometheus { get; }

    /// <summary>Its Alertmanager.</summary>
    public AlertmanagerApi Alertmanager { get; }

    /// <summary>Why a stack is not watched; null where it is.</summary>
    public static string? Missing(AttachedStack stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return stack.Instances(WatchingRole.Prometheus).Any() ? null
            : stack.Description.Cluster is not null
                ? $"of what watches the stack {stack.Description.Run} nothing was found when it was described (./verify attach --monitoring NAMESPACE)"
            : $"the stack {stack.Description.Run} is not watched: start it with ./verify up --monitoring, or let the suite start one";
    }

    /// <summary>The Prometheus of a stack, owned by the caller; null where there is none.</summary>
    public static PrometheusApi? PrometheusOf(AttachedStack stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return stack.Instances(WatchingRole.Prometheus).Any() ? new PrometheusApi(AddressOf(stack, WatchingRole.Prometheus)) : null;
    }

    /// <summary>What watches a stack.</summary>
    /// <exception cref="InvalidOperationException">It is not watched: <see cref="Missing"/> tells.</exception>
    public static Watch Of(AttachedStack stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return new Watch(
            AddressOf(stack, WatchingRole.Prometheus),
            AddressOf(stack, WatchingRole.Alertmanager),
            // What watches a cluster has them where it wants them, if at all.
            stack.Instances(WatchingRole.Pushgateway).Any()
                ? AddressOf(stack, WatchingRole.Pushgateway)
                : null,
            ct =>
                stack.Instances(WatchingRole.Pager).Any()
                    ? stack.Control.LogAsync(stack.Instance(WatchingRole.Pager), tail: null, ct)
                    : Task.FromResult(string.Empty)
        );
    }

    /// <summary>What watches a platform elsewhere, where no Pushgateway is.</summary>
    /// <param name="prometheus">Address of Prometheus.</param>
    /// <param name="alertmanager">Address of Alertmanager.</param>
    /// <param name="pagerLog">The log of whoever is paged.</param>
    public static Watch At(Uri prometheus, Uri alertmanager, Func<CancellationToken, Task<string>> pagerLog) =>
        new(prometheus, alertmanager, pushgateway: null, pagerLog);

    /// <summary>Tells the Pushgateway what a run of the suite has told of itself, in place of what it knows of another.</summary>
    /// <param name="metrics">Content of a <c>metrics.prom</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer, or refuses the metrics; the message says why.</exception>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Task PushAsync(string metrics, CancellationToken cancellationToken) => PushAsync("verification", metrics, cancellationToken);

    /// <summary>Tells the Pushgateway what a job has told of itself, in place of what it knows of that job.</summary>
    /// <param name="job">Name of the job.</param>
    /// <param name="metrics">Metrics in Prometheus' text format 0.0.4.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer, or refuses the metrics; the message says why.</exception>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task PushAsync(string job, string metrics, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new StringContent(metrics);
        using var answer = await http.PutAsync(
                new Uri(pushgateway ?? throw new InvalidOperationException("There is no Pushgateway."), $"metrics/job/{job}"),
                content,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException(
                $"The Pushgateway answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}"
            );
    }

    /// <summary>All that was delivered since the stack was started, in order.</summary>
    public async Task<IReadOnlyList<Notification>> NotificationsAsync(CancellationToken cancellationToken) =>
        Notification.Read(await pagerLog(cancellationToken).ConfigureAwait(false));

    /// <summary>Of the alerts that tell of a fault those that fire or are about to, those that Alertmanager still has, and those whose end
    /// it has not delivered yet: nothing where all is well.</summary>
    public async Task<IReadOnlyList<string>> UnrestAsync(CancellationToken cancellationToken)
    {
        var alerts = await Prometheus.AlertsAsync(cancellationToken).ConfigureAwait(false);
        var known = await Alertmanager.AlertsAsync(cancellationToken).ConfigureAwait(false);
        var open = Notification.OpenOf(await NotificationsAsync(cancellationToken).ConfigureAwait(false));
        return
        [
            .. alerts
                .Where(alert => alert.IsOfFault)
                .Select(alert => $"{alert.Name} is {alert.State}")
                .Concat(known.Where(alert => alert.IsOfFault).Select(alert => $"{alert.Name} is with Alertmanager"))
                .Concat(open.Where(alert => alert.IsOfFault).Select(alert => $"nobody was told that {alert} is over"))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Prometheus.Dispose();
        Alertmanager.Dispose();
    }

    private static Uri AddressOf(AttachedStack stack, Role role)
    {
        var (host, port) = stack.Endpoint(role).HostAndPort();
        return new UriBuilder("http", host, port).Uri;
    }
}
