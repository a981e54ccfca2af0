using Verification.Objectives;

namespace Verification.Recovery;

/// <summary>What is kept of a drill: its record, and a report for whoever did not see it.</summary>
public static class DrillFiles
{
    /// <summary>Keeps both.</summary>
    /// <param name="run">Folder of the run.</param>
    /// <param name="scenario">The scenario that the drill is.</param>
    /// <param name="record">What it did.</param>
    /// <returns>The files, relative to the run's folder.</returns>
    /// <exception cref="IOException">One could not be written.</exception>
    public static IReadOnlyList<string> Keep(RunFolder run, string scenario, DrillRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var files = new CheckFiles(run);
        var kept = files.Keep(scenario, "drill", record);
        return [kept, files.KeepText($"drill-{record.Drill}", "md", DrillReport.Of(record, kept))];
    }
}
