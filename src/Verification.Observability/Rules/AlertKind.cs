using System.Text.Json;

namespace Verification.Observability;

/// <summary>What an alert is about, by its labels.</summary>
internal static class AlertKind
{
    /// <summary>Whether it tells of a fault, and so ends with it. One on an error budget goes on for hours after what has spent it, and one
    /// of severity <c>none</c> tells nobody anything.</summary>
    /// <param name="labels">Its labels, as an object.</param>
    public static bool IsOfFault(JsonElement labels) =>
        !labels.TryGetProperty("sloth_slo", out _)
        && !(labels.TryGetProperty("severity", out var severity) && severity.GetString() == AlertRule.None);
}
