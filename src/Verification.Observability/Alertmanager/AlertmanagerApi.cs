using System.Text.Json;

namespace Verification.Observability;

/// <summary>A running Alertmanager, asked over its API v2.</summary>
public sealed class AlertmanagerApi : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private readonly HttpClient http;

    /// <summary>Makes a client.</summary>
    /// <param name="alertmanager">Address of Alertmanager.</param>
    public AlertmanagerApi(Uri alertmanager) =>
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = alertmanager, Timeout = Deadline };

    /// <summary>The alerts that it has, held back or not.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public async Task<IReadOnlyList<KnownAlert>> AlertsAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri("api/v2/alerts", UriKind.Relative), cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        return
        [
            .. document
                .RootElement.EnumerateArray()
                .Select(alert => new KnownAlert(
                    alert.GetProperty("labels").GetProperty("alertname").GetString()!,
                    alert.GetProperty("status").GetProperty("inhibitedBy").GetArrayLength() > 0,
                    AlertKind.IsOfFault(alert.GetProperty("labels"))
                )),
        ];
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();
}

/// <summary>An alert that Alertmanager has been told of and that has not ended.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Inhibited">Whether it is held back, as what it tells follows from another.</param>
/// <param name="IsOfFault">Whether it tells of a fault, and so ends with it.</param>
public sealed record KnownAlert(string Name, bool Inhibited, bool IsOfFault);
