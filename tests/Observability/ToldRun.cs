namespace Verification.Tests.Observability;

/// <summary>What a run of the suite tells of itself when it has ended, in the form in which it does (<see cref="RunMetrics"/>). The run of
/// the tests has not ended: the example of the formats stands for one that has.</summary>
internal static class ToldRun
{
    /// <summary>The drill that it knows of.</summary>
    public const string Drill = "dropped-table";

    /// <summary>Its metrics.</summary>
    /// <param name="success">When the drill has succeeded last.</param>
    public static string WithDrillOf(DateTimeOffset success)
    {
        var golden = Path.Combine(ProjectRoot.Find().Path, "schemas", "golden");
        return RunMetrics.Render(
            DocumentReader.Read(Path.Combine(golden, "run.json"), "run").As<RunRecord>(),
            DocumentReader.Read(Path.Combine(golden, "verdict.json"), "verdict").As<ReleaseVerdict>(),
            new DrillSuccesses(new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { [Drill] = success })
        );
    }
}
