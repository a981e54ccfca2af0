using System.Text.Json;

namespace Verification.Observability;

/// <summary>What Alertmanager has delivered to a receiver at once
/// (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config).</summary>
/// <param name="Receiver">Name of the receiver in <c>config/alertmanager/</c>.</param>
/// <param name="Alerts">The alerts of the group.</param>
public sealed record Notification(string Receiver, IReadOnlyList<DeliveredAlert> Alerts)
{
    /// <summary>The notifications that the log of the pager holds, in the order in which they came.</summary>
    /// <param name="log">The log: a notification a line, and what the web server says of itself.</param>
    public static IReadOnlyList<Notification> Read(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return [.. log.Split('\n').Where(line => line.StartsWith('{')).Select(Of)];
    }

    /// <summary>The alerts that were delivered as firing, and not as ended since.</summary>
    public static IReadOnlyList<DeliveredAlert> OpenOf(IEnumerable<Notification> notifications) =>
        [
            .. notifications
                .SelectMany(each => each.Alerts.Select(alert => (each.Receiver, Alert: alert)))
                .GroupBy(each => (each.Receiver, each.Alert.Name, each.Alert.Instance))
                .Select(group => group.Last().Alert)
                .Where(alert => alert.Firing),
        ];

    private static Notification Of(string line)
    {
        using var document = JsonDocument.Parse(line);
        return new Notification(
            document.RootElement.GetProperty("receiver").GetString()!,
            [
                .. document
                    .RootElement.GetProperty("alerts")
                    .EnumerateArray()
                    .Select(alert => new DeliveredAlert(
                        alert.GetProperty("labels").GetProperty("alertname").GetString()!,
                        alert.GetProperty("labels").TryGetProperty("instance", out var instance) ? instance.GetString()! : string.Empty,
                        alert.GetProperty("status").GetString() == "firing",
                        AlertKind.IsOfFault(alert.GetProperty("labels"))
                    )),
            ]
        );
    }
}

/// <summary>An alert of a notification.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Instance">Of which instance it is; empty where it is of none.</param>
/// <param name="Firing">Whether it fires; else it has ended.</param>
/// <param name="IsOfFault">Whether it tells of a fault, and so ends with it.</param>
public sealed record DeliveredAlert(string Name, string Instance, bool Firing, bool IsOfFault = true)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Name}{(Instance.Length > 0 ? $" of {Instance}" : string.Empty)}{(Firing ? string.Empty : " (ended)")}";
}
