using System.Globalization;

namespace Verification.Tests.Observability;

/// <summary>What the archiver of binary logs tells of itself, in the form in which it does (<c>config/backup/archive-binlogs</c>). None
/// runs beside these tests.</summary>
internal static class ToldArchive
{
    /// <summary>The metric.</summary>
    public const string Metric = "sportbuff_backup_archived_until_timestamp_seconds";

    private const string Job = "backup-archive";

    /// <summary>A moment of an archiver that keeps up: nobody tells it anew while tests run, so it is none that passes meanwhile.</summary>
    public static DateTimeOffset Complete => TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1);

    /// <summary>Tells the Pushgateway.</summary>
    /// <param name="watch">What watches the stack.</param>
    /// <param name="until">Up to when all is archived.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task PushAsync(Watch watch, DateTimeOffset until, CancellationToken cancellationToken) =>
        watch.PushAsync(
            Job,
            string.Create(CultureInfo.InvariantCulture, $"# TYPE {Metric} gauge\n{Metric} {until.ToUnixTimeSeconds()}\n"),
            cancellationToken
        );
}
