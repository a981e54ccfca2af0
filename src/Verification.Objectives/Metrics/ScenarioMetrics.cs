using System.Text.Json;

namespace Verification.Objectives;

/// <summary>What the Prometheus that watches a platform knew while a scenario ran, as <c>checks/metrics-….json</c> holds it: for its
/// picture, and for no verdict. Times are in s since <paramref name="From"/>.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="From">When it began.</param>
/// <param name="StepSeconds">How far two values of a line are from each other, s.</param>
public sealed record ScenarioMetrics(string Scenario, DateTimeOffset From, double StepSeconds)
{
    /// <summary>What the names of its files begin with.</summary>
    public const string Checker = "metrics";

    /// <summary>The alerts that fired, the first one first.</summary>
    public IReadOnlyList<FiredAlert> Alerts { get; init; } = [];

    /// <summary>A few metrics.</summary>
    public IReadOnlyList<TimedMetric> Metrics { get; init; } = [];

    /// <summary>Why something is not there; none where all of it is.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Those of a run, in the order in which their scenarios began. One that can't be read is left out.</summary>
    public static IReadOnlyList<ScenarioMetrics> Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Directory.Exists(run.Checks)
            ?
            [
                .. Directory
                    .EnumerateFiles(run.Checks, $"{Checker}-*.json")
                    .Order(StringComparer.Ordinal)
                    .Select(Read)
                    .OfType<ScenarioMetrics>()
                    .OrderBy(metrics => metrics.From),
            ]
            : [];
    }

    private static ScenarioMetrics? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<ScenarioMetrics>(File.ReadAllText(file), DocumentReader.Json);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>An alert that fired.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Severity">Its severity; empty where it has none.</param>
/// <param name="Spans">From when to when it fired.</param>
public sealed record FiredAlert(string Name, string Severity, IReadOnlyList<FiredSpan> Spans);

/// <summary>A time for which an alert fired, s.</summary>
/// <param name="From">When it was seen to fire first.</param>
/// <param name="To">When it was seen to fire last.</param>
public sealed record FiredSpan(double From, double To);

/// <summary>A metric over time.</summary>
/// <param name="Title">What it is, with its unit.</param>
/// <param name="Lines">Its lines.</param>
public sealed record TimedMetric(string Title, IReadOnlyList<TimedLine> Lines);

/// <summary>One of the lines of a metric.</summary>
/// <param name="Name">Its name among the others.</param>
/// <param name="Values">Its values, one each step from the begin on; null where there is none.</param>
public sealed record TimedLine(string Name, IReadOnlyList<double?> Values);
