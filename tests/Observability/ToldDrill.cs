using System.Globalization;

namespace Verification.Tests.Observability;

/// <summary>What the drill of production's newest backup tells of itself, in the form in which it does
/// (<c>config/backup/drill-latest</c>). None runs beside these tests.</summary>
internal static class ToldDrill
{
    /// <summary>The metric.</summary>
    public const string Metric = "sportbuff_backup_drill_success_timestamp_seconds";

    private const string Job = "backup-drill-physical";

    /// <summary>Tells the Pushgateway.</summary>
    /// <param name="watch">What watches the stack.</param>
    /// <param name="succeeded">When it has succeeded.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task PushAsync(Watch watch, DateTimeOffset succeeded, CancellationToken cancellationToken) =>
        watch.PushAsync(
            Job,
            string.Create(
                CultureInfo.InvariantCulture,
                $"# TYPE {Metric} gauge\n{Metric}{{kind=\"physical\"}} {succeeded.ToUnixTimeSeconds()}\n# TYPE sportbuff_backup_drill_point_seconds gauge\nsportbuff_backup_drill_point_seconds{{kind=\"physical\"}} 3\n"
            ),
            cancellationToken
        );
}
