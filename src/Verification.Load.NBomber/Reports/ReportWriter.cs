using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.Reports;

/// <summary>Writes the reports that were asked for.</summary>
internal static class ReportWriter
{
    /// <summary>What can be written.</summary>
    public static IReadOnlyList<ReportFormat> Formats { get; } = [ReportFormat.Txt, ReportFormat.Md];

    /// <summary>Writes them.</summary>
    /// <param name="context">What was asked for.</param>
    /// <param name="stats">What was measured.</param>
    /// <param name="models">The load simulations of each scenario.</param>
    public static ReportFile[] Write(
        NBomberContext context,
        NodeStats stats,
        IReadOnlyDictionary<string, IReadOnlyList<LoadSimulation>> models
    )
    {
        if (context.ReportFormats.Count == 0)
            return [];
        Directory.CreateDirectory(context.ReportFolder);
        var name = context.ReportFileName ?? $"nbomber_report_{stats.TestInfo.Created:yyyy-MM-dd--HH-mm-ss}";
        return
        [
            .. context
                .ReportFormats.Distinct()
                .Select(format =>
                {
                    var content = format == ReportFormat.Md ? MarkdownReport.Of(stats, models) : TextReport.Of(stats);
                    var file = Path.Combine(context.ReportFolder, $"{name}.{(format == ReportFormat.Md ? "md" : "txt")}");
                    File.WriteAllText(file, content);
                    return new ReportFile(file, format, content);
                }),
        ];
    }
}
