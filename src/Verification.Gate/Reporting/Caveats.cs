using Verification.Objectives;
using Verification.Stack.Components;

namespace Verification.Gate.Reporting;

/// <summary>What was verified without being known to be what production runs: who reads a verdict reads that first.</summary>
internal static class Caveats
{
    /// <summary>The suite that deploys.</summary>
    public const string DeploymentSuite = "deployment";

    /// <summary>Its tests that deploy, by their names; the others look at files.</summary>
    private const string OnCluster = ".Deployment.Cluster.";

    private const int Told = 3;

    private static readonly HashSet<string> StandIns =
    [
        .. ComponentList.All.Where(component => component.Caveat is not null).Select(component => component.Name),
    ];

    /// <summary>One line that names each such image, those first that stand for something else: the first few with why, the others by their
    /// role; null where there is none.</summary>
    /// <param name="components">What the stages of a run ran from.</param>
    public static string? Line(IReadOnlyList<ComponentRecord> components)
    {
        var named = components
            .Where(component => component.Caveat is not null)
            .DistinctBy(Sentence)
            .OrderByDescending(component => StandIns.Contains(component.Role))
            .ToList();
        var rest = named.Skip(Told).Select(component => component.Role).Distinct(StringComparer.Ordinal).ToList();
        return named.Count == 0
            ? null
            : $"not known to be what production runs: {string.Join(", ", named.Take(Told).Select(Sentence))}{(rest.Count > 0 ? $", nor are {string.Join(", ", rest)}" : string.Empty)}";
    }

    /// <summary>What ran on a cluster in place of what staging and production deploy; nothing where nothing ran on one.</summary>
    /// <param name="record">The run.</param>
    public static IReadOnlyList<Fact> OfDeployment(RunRecord record)
    {
        var stages = record.Stages.Where(stage => stage.Suite == DeploymentSuite).Select(stage => stage.Name).ToList();
        return record.Tests.Any(test =>
            stages.Contains(test.Stage) && test.Outcome != TestOutcome.Skipped && test.Name.Contains(OnCluster, StringComparison.Ordinal)
        )
            ?
            [
                new(
                    "Data stores on the cluster",
                    "those of charts/datastores; Bitnami's charts of MySQL and Redis, which staging and production deploy, were not started"
                ),
                .. record.ChartDifferences is { Count: > 0 } differences
                    ? [new Fact("Charts of others", $"made for another version than is had here: {string.Join(", ", differences)}")]
                    : Array.Empty<Fact>(),
            ]
            : [];
    }

    private static string Sentence(ComponentRecord component) => $"{component.Role} is {component.Image} ({component.Caveat})";
}
